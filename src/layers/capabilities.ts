/** Capabilities that decide what can be measured or changed in a layer. */

/** Bits of the mask in /proc/PID/status: include/uapi/linux/capability.h. */
const CAPABILITIES = [
  ['CAP_NET_ADMIN', 12n],
  ['CAP_NET_RAW', 13n],
  ['CAP_SYS_PTRACE', 19n],
  ['CAP_SYS_ADMIN', 21n],
] as const;

export function capabilityNames(mask: bigint): string[] {
  return CAPABILITIES.filter(([, bit]) => (mask & (1n << bit)) !== 0n).map(([name]) => name);
}
