/** Which interface and source address the user asked for, put on a socket. */

import type { ResolveOptions } from '../config/options.ts';
import type { Family } from '../contract.ts';
import { PrivilegeError, UsageError } from '../errors.ts';
import { IP_BIND_ADDRESS_NO_PORT, IPPROTO_IP, SO_REUSEADDR, SOL_SOCKET } from './sys/constants.ts';
import { errno, syscallError } from './sys/errno.ts';
import { bind, bindToDevice, setOption } from './sys/socket.ts';

/** `null` leaves the choice to the kernel. */
export type Binding = Pick<ResolveOptions, 'interface' | 'source'>;

/**
 * To be called before the socket connects.
 *
 * @throws UsageError when the source address is not ours; PrivilegeError when the kernel keeps interfaces for root.
 */
export function applyBinding(fd: number, family: Family, binding: Binding): void {
  if (binding.interface !== null) bindInterface(fd, binding.interface);
  if (binding.source !== null) bindSource(fd, family, binding.source);
}

/**
 * As `applyBinding`, leaving from a port that a closed connection of ours had.
 *
 * @returns zero, or the negative error number: somebody else has it by now. From another one it would go another way.
 */
export function bindPort(fd: number, family: Family, binding: Binding, port: number): number {
  if (binding.interface !== null) bindInterface(fd, binding.interface);
  // The far end is another one, or has forgotten the connection.
  setOption(fd, SOL_SOCKET, SO_REUSEADDR, 1);
  const address = binding.source ?? (family === 4 ? '0.0.0.0' : '::');
  return bind(fd, { address, port });
}

function bindInterface(fd: number, name: string): void {
  const result = bindToDevice(fd, name);
  if (result === 0) return;
  if (result === -errno.EPERM) {
    throw new PrivilegeError(`--interface ${name}: before Linux 5.7 it needs CAP_NET_RAW; use --source instead`);
  }
  throw syscallError(`setsockopt(SO_BINDTODEVICE, ${name})`, -result);
}

function bindSource(fd: number, family: Family, source: string): void {
  // The port is chosen at connect, when the far end is known: the same one then serves many far ends.
  if (family === 4) setOption(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, 1);
  const result = bind(fd, { address: source, port: 0 });
  if (result === 0) return;
  if (result === -errno.EADDRNOTAVAIL) {
    throw new UsageError(`--source ${source} is not an address of this host: give one that \`ip address\` shows`);
  }
  throw syscallError(`bind(${source})`, -result);
}
