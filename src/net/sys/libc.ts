/**
 * The C library: every prototype of a foreign function is in this file, because a wrong one is a crash without a trace.
 *
 * `load(null)` takes the library that this process runs on, by whatever name it has (glibc, musl).
 */

import { promisify } from 'node:util';
import koffi from 'koffi';

/** Memory that the call reads or writes; it must stay referenced until the call returns. */
export type Memory = Uint8Array | Int32Array | Uint32Array | null;

interface Libc {
  socket(family: number, type: number, protocol: number): number;
  setsockopt(fd: number, level: number, option: number, value: Memory, length: number): number;
  getsockopt(fd: number, level: number, option: number, value: Memory, length: Memory): number;
  bind(fd: number, address: Memory, length: number): number;
  connect(fd: number, address: Memory, length: number): number;
  listen(fd: number, backlog: number): number;
  accept4(fd: number, address: Memory, length: Memory, flags: number): number;
  getsockname(fd: number, address: Memory, length: Memory): number;
  send(fd: number, buffer: Memory, length: number, flags: number): number;
  sendto(fd: number, buffer: Memory, length: number, flags: number, address: Memory, addressLength: number): number;
  recv(fd: number, buffer: Memory, length: number, flags: number): number;
  recvfrom(fd: number, buffer: Memory, length: number, flags: number, address: Memory, addressLength: Memory): number;
  sendmsg(fd: number, message: Memory, flags: number): number;
  recvmsg(fd: number, message: Memory, flags: number): number;
  close(fd: number): number;
  fcntl(fd: number, command: number, argument: number): number;
  ioctl(fd: number, request: number, argument: Memory): number;
  read(fd: number, buffer: Memory, length: number): number;
  write(fd: number, buffer: Memory, length: number): number;
  ppoll(fds: Memory, count: number, timeout: Memory, mask: null): number;
  /** The same on a thread of Node's pool, which it blocks; the memory must stay referenced until it resolves. */
  ppollElsewhere(fds: Memory, count: number, timeout: Memory, mask: null): Promise<number>;
  eventfd(count: number, flags: number): number;
  capget(header: Memory, data: Memory): number;
  capset(header: Memory, data: Memory): number;
  open(path: string, flags: number): number;
  setns(fd: number, kind: number): number;
  execve(path: string, words: Memory, environment: bigint): number;
  prctl(option: number, argument: number, third: number, fourth: number, fifth: number): number;
  ifNameToIndex(name: string): number;
  ifIndexToName(index: number, name: Memory): unknown;
}

/** As koffi makes it of a prototype, with a callback behind the arguments. */
type Later = (
  ...args: [
    fds: Memory,
    count: number,
    timeout: Memory,
    mask: null,
    done: (error: Error | null, result: number) => void,
  ]
) => void;

const library = koffi.load(null);
const ppoll = library.func('int ppoll(void *fds, unsigned long count, void *timeout, void *mask)');

/** All of these return what the manual says; the cause of a failure is `lastErrno()`, asked at once. */
export const libc: Libc = {
  socket: library.func('int socket(int family, int type, int protocol)'),
  setsockopt: library.func('int setsockopt(int fd, int level, int option, void *value, uint32_t length)'),
  getsockopt: library.func('int getsockopt(int fd, int level, int option, void *value, void *length)'),
  bind: library.func('int bind(int fd, void *address, uint32_t length)'),
  connect: library.func('int connect(int fd, void *address, uint32_t length)'),
  listen: library.func('int listen(int fd, int backlog)'),
  accept4: library.func('int accept4(int fd, void *address, void *length, int flags)'),
  getsockname: library.func('int getsockname(int fd, void *address, void *length)'),
  send: library.func('long send(int fd, void *buffer, size_t length, int flags)'),
  sendto: library.func(
    'long sendto(int fd, void *buffer, size_t length, int flags, void *address, uint32_t addressLength)',
  ),
  recv: library.func('long recv(int fd, void *buffer, size_t length, int flags)'),
  recvfrom: library.func(
    'long recvfrom(int fd, void *buffer, size_t length, int flags, void *address, void *addressLength)',
  ),
  sendmsg: library.func('long sendmsg(int fd, void *message, int flags)'),
  recvmsg: library.func('long recvmsg(int fd, void *message, int flags)'),
  close: library.func('int close(int fd)'),
  fcntl: library.func('int fcntl(int fd, int command, int argument)'),
  ioctl: library.func('int ioctl(int fd, unsigned long request, void *argument)'),
  read: library.func('long read(int fd, void *buffer, size_t length)'),
  write: library.func('long write(int fd, void *buffer, size_t length)'),
  ppoll,
  ppollElsewhere: promisify(ppoll.async as Later),
  eventfd: library.func('int eventfd(unsigned int count, int flags)'),
  capget: library.func('int capget(void *header, void *data)'),
  capset: library.func('int capset(void *header, void *data)'),
  // Its third argument is for files that it creates.
  open: library.func('int open(const char *path, int flags)'),
  setns: library.func('int setns(int fd, int kind)'),
  // Both are arrays of pointers, which a null pointer ends. The second lies in the memory of the first, which stays referenced.
  execve: library.func('int execve(const char *path, void *words, uintptr_t environment)'),
  prctl: library.func(
    'int prctl(int option, unsigned long argument, unsigned long third, unsigned long fourth, unsigned long fifth)',
  ),
  ifNameToIndex: library.func('unsigned int if_nametoindex(const char *name)'),
  ifIndexToName: library.func('void *if_indextoname(unsigned int index, void *name)'),
};

/** Cause of the last call's failure. */
export function lastErrno(): number {
  return koffi.errno();
}

/**
 * Where the memory is, for structures that hold pointers. A pointer keeps nothing alive: what a structure points to
 * belongs into the same allocation, behind it, or the collector may take it before the kernel reads it.
 */
export function addressOf(memory: Uint8Array): bigint {
  return BigInt(koffi.address(memory));
}
