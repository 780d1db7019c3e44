/** Program: passes connections on, from a port on loopback or a socket file to another: `gate.mjs FROM TO`. */

import { chmodSync } from 'node:fs';
import { connect, createServer } from 'node:net';

const [from = '', to = ''] = process.argv.slice(2);
const isPort = (place) => /^\d+$/.test(place);
const placeOf = (place) => (isPort(place) ? { host: '127.0.0.1', port: Number(place) } : { path: place });

const server = createServer({ allowHalfOpen: true }, (near) => {
  const far = connect({ ...placeOf(to), allowHalfOpen: true });
  // Either side that breaks off takes the other one along.
  for (const [one, other] of [
    [near, far],
    [far, near],
  ]) {
    one.on('error', () => other.destroy());
    one.on('close', () => other.destroy());
    one.pipe(other);
  }
});
server.listen(placeOf(from), () => {
  if (!isPort(from)) chmodSync(from, 0o666);
  process.stdout.write('ready\n');
});
