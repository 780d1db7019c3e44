/**
 * Rights that this process has been given and may take up (capabilities(7)).
 *
 * A file capability with the effective bit stops the program from starting where the container was denied it
 * (`--cap-drop ALL`: EPERM from execve). Without that bit it starts everywhere, and takes up what it was permitted.
 */

import { libc } from './libc.ts';

export const CAP_NET_ADMIN = 12; // linux/capability.h
export const CAP_NET_RAW = 13; // linux/capability.h
export const CAP_SYS_PTRACE = 19; // linux/capability.h
export const CAP_SYS_ADMIN = 21; // linux/capability.h

export type Capability = typeof CAP_NET_ADMIN | typeof CAP_NET_RAW | typeof CAP_SYS_PTRACE | typeof CAP_SYS_ADMIN;

const VERSION = 0x20080522; // linux/capability.h, _LINUX_CAPABILITY_VERSION_3
/** struct __user_cap_data_struct, twice: effective, permitted, inheritable (linux/capability.h). */
const DATA_WORDS = 6;
const PERMITTED = 1;
const EFFECTIVE = 0;

/**
 * Takes the right up where it is permitted; where it is not, the call that needs it says so.
 *
 * Of this thread, which is the one that opens all sockets: capset(2) knows threads only.
 */
export function takeUp(capability: Capability): void {
  const header = Uint32Array.of(VERSION, 0);
  const data = new Uint32Array(DATA_WORDS);
  const bit = 1 << capability;
  if (libc.capget(header, data) !== 0 || ((data[PERMITTED] ?? 0) & bit) === 0) return;
  data[EFFECTIVE] = (data[EFFECTIVE] ?? 0) | bit;
  libc.capset(header, data);
}
