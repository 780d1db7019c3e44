/**
 * Program: a client of the responder, on the compiled wire format, for tests that run it inside a network.
 *
 *   node talk.mjs '{"address": "10.0.3.2", "port": 4821, "steps": [["hello"], ["probe", 1500], ["wave", [1500, 1400]]]}'
 *
 * prints one line of JSON for each step: what came, in the order in which it came. With "secret" it signs.
 */

import { createHmac, randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { isIPv6 } from 'node:net';
import { datagramLength } from '../../../dist/wire/responder.js';
import { decodeAnswer, encodeAnswer } from '../../../dist/wire/responder-answer.js';
import { NO_COOKIE, signedPart } from '../../../dist/wire/responder-header.js';
import { encodeRequest } from '../../../dist/wire/responder-request.js';

/** For what may not come at all, and between two that do: round trips here take less than a millisecond. */
const QUIET_MS = 400;

const { address, port, steps, secret = null, version = null } = JSON.parse(process.argv[2]);
const family = isIPv6(address) ? 6 : 4;
const socket = createSocket({ type: family === 6 ? 'udp6' : 'udp4', recvBufferSize: 1 << 20 });
const mac = secret === null ? null : (signed) => createHmac('sha256', secret).update(signed).digest().subarray(0, 16);
const session = randomBytes(8);
let cookie = NO_COOKIE;
let id = 0;
let came = [];
let heard = () => {};

socket.on('message', (bytes, from) => {
  const { message, header, bodySize } = decodeAnswer(bytes);
  const mine = Buffer.compare(header.session, session) === 0;
  const signed = mac === null || Buffer.compare(mac(signedPart(bytes, bodySize)), header.mac) === 0;
  if (message.kind === 'welcome') cookie = header.cookie;
  const told = message.kind === 'told' ? { from: Buffer.from(message.from).toString('hex') } : {};
  came.push({ ...message, ...told, bytes: bytes.length, by: from.address, mine, signed });
  heard();
});
socket.bind();
await once(socket, 'listening');

for (const [kind, detail] of steps) {
  came = [];
  if (kind === 'socket') {
    // Another port: the cookie is of the old one.
    console.log(JSON.stringify(await fromElsewhere(detail)));
    continue;
  }
  for (const datagram of datagrams(kind, detail)) socket.send(datagram, port, address);
  await quiet();
  console.log(JSON.stringify(came));
}
socket.close();

function datagrams(kind, detail) {
  const length = (size) => datagramLength(size, family);
  const request = (message, size) => encodeRequest({ session, cookie }, message, size, mac);
  switch (kind) {
    case 'hello': {
      const hello = encodeRequest({ session, cookie: NO_COOKIE }, { kind: 'hello' }, detail ?? 0, mac);
      return [version === null ? hello : hello.fill(version, 4, 5)];
    }
    case 'short-hello':
      return [encodeRequest({ session, cookie: NO_COOKIE }, { kind: 'hello' }, 0, mac).subarray(0, detail)];
    case 'probe':
      return [request({ kind: 'probe', id: ++id }, length(detail))];
    case 'wave':
      return [request({ kind: 'wave', packets: detail.map((size) => ({ id: ++id, size })) }, 0)];
    case 'wave-twice': {
      const [wave] = datagrams('wave', detail);
      return [wave, wave];
    }
    case 'status':
      return [request({ kind: 'status' }, 0)];
    case 'forget':
      cookie = NO_COOKIE;
      return [];
    case 'forge':
      return [encodeRequest({ session, cookie: randomBytes(16) }, { kind: 'probe', id: 7 }, 0, mac)];
    case 'noise':
      return [
        new Uint8Array(0),
        randomBytes(300),
        Buffer.from('MTUP'),
        encodeAnswer({ session, cookie }, detail, 100, mac),
      ];
    default:
      throw new Error(`no step ${kind}`);
  }
}

async function fromElsewhere(size) {
  const other = createSocket(family === 6 ? 'udp6' : 'udp4');
  const answers = [];
  other.on('message', (bytes) => answers.push(decodeAnswer(bytes).message));
  other.send(
    encodeRequest({ session, cookie }, { kind: 'wave', packets: [{ id: ++id, size }] }, 0, mac),
    port,
    address,
  );
  await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
  other.close();
  return answers;
}

/** Until nothing has come for a while. */
function quiet() {
  return new Promise((resolve) => {
    let timer = setTimeout(resolve, QUIET_MS);
    heard = () => {
      clearTimeout(timer);
      timer = setTimeout(resolve, QUIET_MS);
    };
  });
}
