/**
 * A UDP socket of a server that is asked at several addresses: each datagram says where it arrived and how, and each
 * answer leaves from there. It is not connected, and it is not Node's, whose UDP spins on an error queue.
 */

import type { Family } from '../../contract.ts';
import type { Endpoint } from '../../endpoint.ts';
import { LITTLE_ENDIAN, viewOf } from './byte-order.ts';
import {
  IP_PKTINFO,
  IP_RECVERR,
  IP_RECVFRAGSIZE,
  IP_RECVTTL,
  IP_TTL,
  IPPROTO_IP,
  IPPROTO_IPV6,
  IPV6_DONTFRAG,
  IPV6_HOPLIMIT,
  IPV6_PKTINFO,
  IPV6_RECVERR,
  IPV6_RECVFRAGSIZE,
  IPV6_RECVHOPLIMIT,
  IPV6_RECVPKTINFO,
  IPV6_V6ONLY,
  MSG_DONTWAIT,
  MSG_NOSIGNAL,
  PMTUDISC_PROBE,
  SO_RCVBUF,
  SOCK_DGRAM,
  SOL_SOCKET,
} from './constants.ts';
import { errno } from './errno.ts';
import { Message } from './message.ts';
import { bind, closeSocket, openSocket, setOption, setPathMtuDiscovery } from './socket.ts';

/** A datagram as it arrived. */
export interface ArrivedDatagram {
  /** Valid until the next call. */
  readonly bytes: Uint8Array;
  /** `struct sockaddr` of who sent it. */
  readonly from: Uint8Array;
  /** The address that it was sent to: 4 or 16 bytes. */
  readonly to: Uint8Array;
  /** It was sent to a group or to all hosts of a network, and not to this one. */
  readonly toMany: boolean;
  /** Number of the interface that it came in by. */
  readonly interfaceIndex: number;
  /** TTL or hop limit. */
  readonly hops: number;
  /** Size of the largest fragment that its IP packet came in; `null` when it came in one piece. */
  readonly largestFragment: number | null;
}

const LARGEST_PACKET = 65535; // RFC 791 §3.1
/** A wave of probes is a burst, which has to wait here while others are answered. The kernel may grant less. */
const RECEIVE_BUFFER = 1 << 20;
const IN_PKTINFO_BYTES = 12; // struct in_pktinfo, linux/in.h: interface, own address, destination of the packet
const IN6_PKTINFO_BYTES = 20; // struct in6_pktinfo, linux/ipv6.h: address, interface
const MULTICAST_6 = 0xff; // RFC 4291 §2.7, first byte

const message = new Message(LARGEST_PACKET);

/**
 * It hears ICMP errors on its error queue, sends with DF set, and heeds no remembered path MTU.
 *
 * @returns a file descriptor, or the negative error number of `socket` or `bind`.
 */
export function openDatagramServer(family: Family, endpoint: Endpoint): number {
  const fd = openSocket(family, SOCK_DGRAM, 0);
  if (fd < 0) return fd;
  try {
    if (family === 4) {
      for (const option of [IP_PKTINFO, IP_RECVTTL, IP_RECVFRAGSIZE, IP_RECVERR]) setOption(fd, IPPROTO_IP, option, 1);
    } else {
      const options = [
        IPV6_V6ONLY,
        IPV6_RECVPKTINFO,
        IPV6_RECVHOPLIMIT,
        IPV6_RECVFRAGSIZE,
        IPV6_RECVERR,
        IPV6_DONTFRAG,
      ];
      for (const option of options) setOption(fd, IPPROTO_IPV6, option, 1);
    }
    setPathMtuDiscovery(fd, family, PMTUDISC_PROBE);
    setOption(fd, SOL_SOCKET, SO_RCVBUF, RECEIVE_BUFFER);
  } catch (error) {
    closeSocket(fd);
    throw error;
  }
  const bound = bind(fd, endpoint);
  if (bound < 0) closeSocket(fd);
  return bound < 0 ? bound : fd;
}

/** @returns the next datagram, or the negative error number: that of an ICMP error is on the error queue as well. */
export function receiveDatagram(fd: number, family: Family): ArrivedDatagram | number {
  const length = message.receive(fd, MSG_DONTWAIT);
  if (length < 0) return length;
  const where = family === 4 ? arrivedAt4() : arrivedAt6();
  if (where === null) return -errno.EAGAIN;
  const [level, hops, fragments] =
    family === 4 ? [IPPROTO_IP, IP_TTL, IP_RECVFRAGSIZE] : [IPPROTO_IPV6, IPV6_HOPLIMIT, IPV6_RECVFRAGSIZE];
  return {
    bytes: message.payload(length),
    from: message.name(),
    ...where,
    hops: number(message.control(level, hops)) ?? 0,
    largestFragment: number(message.control(level, fragments)),
  };
}

/** Where a datagram arrived, and an answer to it leaves. */
export type OwnEnd = Pick<ArrivedDatagram, 'to' | 'interfaceIndex'>;

/**
 * @param from the datagram that it answers. @param to `struct sockaddr`.
 * @returns the bytes taken, or the negative error number.
 */
export function sendDatagram(fd: number, datagram: Uint8Array, from: OwnEnd, to: Uint8Array): number {
  const flags = MSG_DONTWAIT | MSG_NOSIGNAL;
  if (from.to.byteLength === 4) {
    const bytes = new Uint8Array(IN_PKTINFO_BYTES);
    // No interface is named: the answer goes where the route to the client goes.
    bytes.set(from.to, 4);
    return message.send(fd, datagram, to, { level: IPPROTO_IP, type: IP_PKTINFO, bytes }, flags);
  }
  const bytes = new Uint8Array(IN6_PKTINFO_BYTES);
  bytes.set(from.to);
  // A link-local address is nothing without its link (RFC 4007 §6).
  if (isLinkLocal(from.to)) viewOf(bytes).setUint32(16, from.interfaceIndex, LITTLE_ENDIAN);
  return message.send(fd, datagram, to, { level: IPPROTO_IPV6, type: IPV6_PKTINFO, bytes }, flags);
}

/** fe80::/10, RFC 4291 §2.5.6. */
function isLinkLocal([first = 0, second = 0]: Uint8Array): boolean {
  return first === 0xfe && (second & 0xc0) === 0x80;
}

type Where = Pick<ArrivedDatagram, 'to' | 'toMany' | 'interfaceIndex'>;

function arrivedAt4(): Where | null {
  const info = message.control(IPPROTO_IP, IP_PKTINFO);
  if (info === null || info.byteLength < IN_PKTINFO_BYTES) return null;
  const [own, destination] = [info.slice(4, 8), info.subarray(8, 12)];
  // ip(7): the own address differs from the packet's destination where that is a broadcast or multicast address.
  const toMany = own.some((byte, at) => byte !== destination[at]);
  return { to: own, toMany, interfaceIndex: viewOf(info).getInt32(0, LITTLE_ENDIAN) };
}

function arrivedAt6(): Where | null {
  const info = message.control(IPPROTO_IPV6, IPV6_PKTINFO);
  if (info === null || info.byteLength < IN6_PKTINFO_BYTES) return null;
  const to = info.slice(0, 16);
  return { to, toMany: to[0] === MULTICAST_6, interfaceIndex: viewOf(info).getUint32(16, LITTLE_ENDIAN) };
}

function number(bytes: Uint8Array | null): number | null {
  return bytes === null || bytes.byteLength < 4 ? null : viewOf(bytes).getInt32(0, LITTLE_ENDIAN);
}
