/** Program: sends one UDP packet of SIZE bytes with DF to ADDRESS, so that a narrower hop has something to say. */

import { createSocket } from 'node:dgram';
import { isIPv6 } from 'node:net';

const [address = '', size = ''] = process.argv.slice(2);
const headers = isIPv6(address) ? 48 : 28; // RFC 8200 §3, RFC 791 §3.1, RFC 768
const DISCARD_PORT = 9; // RFC 863
const socket = createSocket(isIPv6(address) ? 'udp6' : 'udp4');
socket.send(Buffer.alloc(Number(size) - headers), DISCARD_PORT, address, () => socket.close());
