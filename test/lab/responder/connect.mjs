/**
 * Program: TCP connections to the responder, on the compiled wire format, for tests that run it inside a network.
 *
 *   node connect.mjs '{"address": "10.0.3.2", "port": 4821, "connections": [[["reply", 3000], ["report"]]]}'
 *
 * Opens all connections at once, and prints one line of JSON for each: what came, and how and when it ended. With
 * "mss" they advertise that.
 */

import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { decodeRecord, encodeTcpRequest } from '../../../dist/wire/responder-tcp.js';

/** For what may not come at all. */
const QUIET_MS = 400;

const { address, port, connections, secret = null } = JSON.parse(process.argv[2]);
const mac = secret === null ? null : (signed) => createHmac('sha256', secret).update(signed).digest().subarray(0, 16);
const session = new Uint8Array(8).fill(7);
const lines = await Promise.all(connections.map(talk));
for (const line of lines) console.log(JSON.stringify(line));

async function talk(steps) {
  const start = performance.now();
  const socket = connect({ host: address, port });
  let bytes = Buffer.alloc(0);
  let ended = null;
  let heard = () => {};
  socket.on('data', (chunk) => {
    bytes = Buffer.concat([bytes, chunk]);
    heard();
  });
  socket.on('error', (error) => {
    ended ??= error.code;
  });
  socket.on('end', () => {
    ended ??= 'closed';
  });
  socket.on('close', () => {
    ended ??= 'closed';
    heard();
  });
  await Promise.race([once(socket, 'connect'), once(socket, 'close')]).catch(() => {});
  const came = [];
  for (const [operation, count = 0, more = ''] of steps) {
    if (ended !== null) break;
    if (operation === 'until-end') await new Promise((resolve) => socket.once('close', resolve));
    else if (operation === 'raw') socket.write(more);
    else if (operation === 'version') {
      socket.write(
        encodeTcpRequest({ operation: 'report', session, bytes: 0, closeAfter: false }, mac).fill(count, 4, 5),
      );
    } else {
      socket.write(encodeTcpRequest({ operation, session, bytes: count, closeAfter: more === 'close' }, mac));
      if (operation === 'upload' || operation === 'sink') socket.write(new Uint8Array(count));
    }
    await quiet();
    came.push(...records());
  }
  const lasted = Math.round(performance.now() - start);
  socket.destroy();
  return { came, ended, lasted };

  function quiet() {
    return new Promise((resolve) => {
      let timer = setTimeout(resolve, QUIET_MS);
      heard = () => {
        clearTimeout(timer);
        timer = setTimeout(resolve, QUIET_MS);
      };
    });
  }

  /** Records, and how many zeros were between them. */
  function records() {
    const found = [];
    while (bytes.length > 0) {
      const at = bytes.findIndex((byte) => byte !== 0);
      const zeros = at === -1 ? bytes.length : at;
      if (zeros > 0) found.push({ zeros });
      bytes = bytes.subarray(zeros);
      if (bytes.length === 0) break;
      const decoded = decodeRecord(bytes);
      if (decoded === null) break;
      const { header, record, size } = decoded;
      found.push({ ...(record.kind === 'report' ? record.report : record), session: header.session[0] });
      bytes = bytes.subarray(size);
    }
    return found;
  }
}
