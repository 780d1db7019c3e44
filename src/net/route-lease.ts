/**
 * A number that this process alone has in its network namespace, as long as it lives: a UDP port that nobody else can
 * bind. Process ids will not do: containers that share a network have process ids of their own.
 */

import { EnvironmentError } from '../errors.ts';
import { SOCK_DGRAM } from './sys/constants.ts';
import { errnoName } from './sys/errno.ts';
import { bind, closeSocket, localEndpoint, openSocket } from './sys/socket.ts';

export interface RouteLease {
  readonly number: number;
  /** Returning twice is harmless. */
  release(): void;
}

const ANY = '0.0.0.0'; // RFC 1122 §3.2.1.3

/** @throws EnvironmentError when no port can be had. */
export function takeLease(): RouteLease {
  let fd: number | null = openSocket(4, SOCK_DGRAM, 0);
  if (fd < 0) throw new EnvironmentError(`no UDP socket can be made (${errnoName(-fd)})`);
  const result = bind(fd, { address: ANY, port: 0 });
  if (result < 0) {
    closeSocket(fd);
    throw new EnvironmentError(`no UDP port can be had (${errnoName(-result)})`);
  }
  const { port: number } = localEndpoint(fd);
  const release = (): void => {
    if (fd !== null) closeSocket(fd);
    fd = null;
  };
  return { number, release };
}

/** Somebody has it: the route that it stands for is in use. */
export function isLeased(number: number): boolean {
  const fd = openSocket(4, SOCK_DGRAM, 0);
  if (fd < 0) return true;
  try {
    return bind(fd, { address: ANY, port: number }) < 0;
  } finally {
    closeSocket(fd);
  }
}
