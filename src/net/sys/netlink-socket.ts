/** Asks the kernel over netlink, and waits for nothing: it answers before `send` returns, or while it is read. */

import { LITTLE_ENDIAN, viewOf } from './byte-order.ts';
import { AF_NETLINK, MSG_DONTWAIT, MSG_TRUNC, SOCK_CLOEXEC, SOCK_RAW } from './constants.ts';
import { errno, syscallError } from './errno.ts';
import { lastErrno, libc } from './libc.ts';
import { decodeMessages, type NetlinkMessage, NLM_F_DUMP_INTR, NLMSG_DONE, NLMSG_ERROR } from './netlink-message.ts';

const SOL_NETLINK = 270; // linux/socket.h
const NETLINK_GET_STRICT_CHK = 12; // linux/netlink.h
/** The kernel puts 32 kB into one answer, or one entry where that is larger (net/netlink/af_netlink.c, netlink_dump). */
const ANSWER_BYTES = 256 * 1024;
/** A list that changes under our hands is asked for again, though not for ever. */
const ATTEMPTS = 4;

export type Listing =
  /** `isWhole` is false when it changed each time that it was read, or was longer than the bound. */
  | { readonly kind: 'listed'; readonly isWhole: boolean }
  /** The kernel will not list it; `errno` says why. */
  | { readonly kind: 'refused'; readonly errno: number };

/** What to make of a list: `begin` comes before each attempt, when all that was heard until then is void. */
export interface Listener<Entry> {
  begin(): void;
  hear(entry: Entry): void;
}

/** @returns the one message of the answer. @throws SyscallError when there is none, or netlink may not be used at all. */
export function ask(request: Uint8Array): NetlinkMessage {
  const fd = open();
  try {
    send(fd, request);
    const [message] = receive(fd);
    if (message === undefined) throw syscallError('recv(AF_NETLINK)', errno.EBADMSG);
    return { ...message, body: message.body.slice() };
  } finally {
    libc.close(fd);
  }
}

/**
 * @param decode returns `null` for what is not to be heard; its bytes hold until it returns.
 * @param mostBytes of entries that are read in one attempt.
 * @throws SyscallError when netlink may not be used at all.
 */
export function list<Entry>(
  request: Uint8Array,
  decode: (message: NetlinkMessage) => Entry | null,
  listener: Listener<Entry>,
  mostBytes: number,
): Listing {
  const hear = (message: NetlinkMessage): void => {
    const entry = decode(message);
    if (entry !== null) listener.hear(entry);
  };
  const fd = open();
  try {
    // Linux 4.20: the kernel then looks at what a request wants left out. Older ones list all; whoever asks looks again.
    libc.setsockopt(fd, SOL_NETLINK, NETLINK_GET_STRICT_CHK, Int32Array.of(1), 4);
    for (let left = ATTEMPTS; ; left -= 1) {
      listener.begin();
      send(fd, request);
      const end = hearAll(() => receive(fd), hear, mostBytes);
      if (typeof end === 'number') return { kind: 'refused', errno: end };
      if (end !== 'changed' || left === 1) return { kind: 'listed', isWhole: end === 'whole' };
    }
  } finally {
    libc.close(fd);
  }
}

/**
 * One list, answer by answer, to its end.
 *
 * @returns a positive error number where the kernel broke off.
 */
export function hearAll(
  read: () => readonly NetlinkMessage[],
  hear: (message: NetlinkMessage) => void,
  mostBytes: number,
): 'whole' | 'changed' | 'too-long' | number {
  let hasChanged = false;
  let bytes = 0;
  while (bytes < mostBytes) {
    for (const message of read()) {
      if (message.type === NLMSG_ERROR) return errorOf(message);
      hasChanged ||= (message.flags & NLM_F_DUMP_INTR) !== 0;
      if (message.type === NLMSG_DONE) {
        // With an error where the kernel could not go on (net/netlink/af_netlink.c, netlink_dump_done).
        return errorOf(message) || (hasChanged ? 'changed' : 'whole');
      }
      bytes += message.body.byteLength;
      hear(message);
    }
  }
  return 'too-long';
}

/** Positive, or zero for none: what an acknowledgement, an error or the end of a list begins with. */
export function errorOf({ body }: NetlinkMessage): number {
  return body.byteLength < 4 ? 0 : 0 - viewOf(body).getInt32(0, LITTLE_ENDIAN);
}

function open(): number {
  const fd = libc.socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, 0);
  if (fd < 0) throw syscallError('socket(AF_NETLINK)');
  return fd;
}

function send(fd: number, request: Uint8Array): void {
  if (libc.send(fd, request, request.byteLength, 0) < 0) throw syscallError('send(AF_NETLINK)');
}

const answer = new Uint8Array(ANSWER_BYTES);

/** What is heard holds until the next call. */
function receive(fd: number): NetlinkMessage[] {
  const length = libc.recv(fd, answer, ANSWER_BYTES, MSG_DONTWAIT | MSG_TRUNC);
  if (length < 0) throw syscallError('recv(AF_NETLINK)', lastErrno());
  if (length > ANSWER_BYTES) throw syscallError('recv(AF_NETLINK)', errno.EMSGSIZE);
  const messages = decodeMessages(answer.subarray(0, length));
  // Otherwise a list without an end would be read for ever.
  if (messages.length === 0) throw syscallError('recv(AF_NETLINK)', errno.EBADMSG);
  return messages;
}
