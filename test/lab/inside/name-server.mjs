/**
 * A name server for one table, which says so once it listens:
 *
 *   node name-server.mjs ADDRESS '{"app.ci.example": "198.51.100.70"}'
 *
 * A name that is not in the table does not exist; one with `null` is never answered.
 */

import { createSocket } from 'node:dgram';
import { isIP } from 'node:net';

const [, , address, table] = process.argv;
const names = JSON.parse(table);
const TYPES = { 4: 1, 6: 28 }; // RFC 1035 §3.2.2, RFC 3596 §2.1

const socket = createSocket('udp4');
socket.on('message', (question, { address: to, port }) => {
  const { name, end } = nameIn(question);
  const found = names[name];
  if (found === null) return;
  const isAsked = found !== undefined && TYPES[isIP(found)] === question.readUInt16BE(end);
  const header = Buffer.from(question.subarray(0, 12));
  header.writeUInt16BE(0x8180 | (found === undefined ? 3 : 0), 2); // RFC 1035 §4.1.1: an answer, NXDOMAIN
  header.writeUInt16BE(isAsked ? 1 : 0, 6);
  header.fill(0, 8);
  const record = Buffer.from([0xc0, 12, 0, TYPES[4], 0, 1, 0, 0, 0, 60, 0, 4, ...(found ?? '').split('.').map(Number)]);
  socket.send(Buffer.concat([header, question.subarray(12, end + 4), ...(isAsked ? [record] : [])]), port, to);
});
socket.bind(53, address, () => process.stdout.write('ready\n'));

/** RFC 1035 §4.1.2; `end` is where its type stands. */
function nameIn(question) {
  const labels = [];
  let at = 12;
  for (; question[at] !== 0; at += 1 + question[at]) {
    labels.push(question.toString('latin1', at + 1, at + 1 + question[at]));
  }
  return { name: labels.join('.').toLowerCase(), end: at + 1 };
}
