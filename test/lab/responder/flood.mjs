/**
 * Program: everything that is wrong, fast, at a responder: random bytes, headers with random rest, forged cookies,
 * greetings from many sessions, nothing at all; and TCP connections that say nothing or nonsense.
 *
 *   node flood.mjs '{"address": "127.0.0.1", "port": 4821, "datagrams": 1000000, "connections": 2000}'
 *
 * prints how many datagrams and bytes were sent and came back.
 */

import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { connect, isIPv6 } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { encodeRequest } from '../../../dist/wire/responder-request.js';

const { address, port, datagrams, connections } = JSON.parse(process.argv[2]);
/** Before others have their turn: the socket's own buffer takes no more. */
const BATCH = 50;
const noise = randomBytes(1 << 16);
const counts = { sent: 0, sentBytes: 0, came: 0, cameBytes: 0, opened: 0 };
let chance = 1;

/** Fast, and the same in every run (Park and Miller, 1988). */
function random(below) {
  chance = (chance * 48271) % 2147483647;
  return chance % below;
}

function datagram() {
  const envelope = () => ({ session: noise.subarray(random(60000)), cookie: noise.subarray(random(60000)) });
  const bytes = noise.subarray(random(30000)).subarray(0, random(1400));
  switch (random(8)) {
    case 0:
      return bytes.subarray(0, 0);
    case 1:
      return encodeRequest(envelope(), { kind: 'hello' }, 0, null);
    case 2:
      return encodeRequest(envelope(), { kind: 'probe', id: random(1000) }, random(1400), null);
    case 3:
      return encodeRequest(envelope(), { kind: 'wave', packets: [{ id: random(1000), size: 1500 }] }, 0, null);
    case 4:
      return encodeRequest(envelope(), { kind: 'status' }, 0, null).fill(random(256), 4, 6);
    case 5:
      return encodeRequest(envelope(), { kind: 'hello' }, 0, null).subarray(0, random(56));
    default:
      return bytes;
  }
}

async function floodUdp() {
  const socket = createSocket({ type: isIPv6(address) ? 'udp6' : 'udp4', recvBufferSize: 1 << 20 });
  socket.on('message', (bytes) => {
    counts.came += 1;
    counts.cameBytes += bytes.length;
  });
  await new Promise((resolve) => socket.connect(port, address, resolve));
  while (counts.sent < datagrams) {
    for (let number = 0; number < BATCH && counts.sent < datagrams; number += 1) {
      const bytes = datagram();
      counts.sent += 1;
      counts.sentBytes += bytes.length;
      socket.send(bytes, () => {});
    }
    await setImmediate();
  }
  socket.close();
}

/** A few hundred at once, none of which says anything that makes sense. */
async function floodTcp() {
  const AT_ONCE = 200;
  let left = connections;
  await Promise.all(
    Array.from({ length: Math.min(AT_ONCE, connections) }, async () => {
      while (left > 0) {
        left -= 1;
        await new Promise((resolve) => {
          const socket = connect({ host: address, port }, () => {
            counts.opened += 1;
            if (random(2) === 0) socket.write(noise.subarray(0, random(200)));
            setTimeout(() => socket.resetAndDestroy(), random(20));
          });
          socket
            .on('error', () => {})
            .on('close', resolve)
            .resume();
        });
      }
    }),
  );
}

const start = performance.now();
await Promise.all([floodUdp(), floodTcp()]);
console.log(JSON.stringify({ ...counts, ms: Math.round(performance.now() - start) }));
