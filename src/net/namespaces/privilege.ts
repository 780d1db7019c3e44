/**
 * What looking into other processes and joining their network takes, and where to get it.
 *
 * | what | needs |
 * |---|---|
 * | `readlink` and `open` of /proc/PID/ns/net, /proc/PID/root, /proc/PID/mountinfo | CAP_SYS_PTRACE, or the same user with no right less (ptrace(2), PTRACE_MODE_READ_FSCREDS); root alone is not enough. Docker's AppArmor profile lets a container read its like only, whatever rights it has |
 * | /proc/PID/stat, status, cgroup, cmdline | nothing |
 * | `setns` | CAP_SYS_ADMIN, in one's own user namespace and in the one that the network namespace was made in (setns(2)); Docker's seccomp profile allows it to whoever has that right |
 *
 * Our image names another user, and its file has these rights as permitted: without `--user 0` only what root alone may read is
 * missing, as the sockets of engines.
 */

import { PrivilegeError } from '../../errors.ts';
import { capabilityNames } from '../../layers/capabilities.ts';
import { CAP_SYS_ADMIN, CAP_SYS_PTRACE, type Capability, takeUp } from '../sys/capabilities.ts';
import { effectiveCapabilities } from './processes.ts';

const NEEDED = [CAP_SYS_ADMIN, CAP_SYS_PTRACE] as const;

/** moby: profiles/apparmor/template.go, `ptrace (trace,read,tracedby,readby) peer=docker-default`. */
const APPARMOR = '--security-opt apparmor=unconfined';
const FORBIDDEN = `a security policy forbids it (Docker's AppArmor profile: add ${APPARMOR}), or it belongs to a user namespace around this one`;

/** How the kinds of machine give all that is needed, as the end of a sentence. */
const GRANTS =
  `run it as root on the host, with docker run --user 0 --pid host --network host --cap-add SYS_ADMIN --cap-add SYS_PTRACE ${APPARMOR}, ` +
  'or with kubectl debug node/NAME --profile sysadmin';

/**
 * Takes up the right to join another network namespace, and that to look into processes where it is permitted.
 *
 * @throws PrivilegeError where the first is missing, with one line that names what is, and how to get it.
 */
export function requireJoining(): void {
  const refusal = noJoining();
  if (refusal !== null) throw new PrivilegeError(refusal);
}

/** The same as words; `null` where this process may join. */
export function noJoining(): string | null {
  for (const capability of NEEDED) takeUp(capability);
  return whyNoJoining(effectiveCapabilities('/proc', 'self'));
}

/** @param effective CapEff; `null` where it cannot be read: then the kernel will say. */
export function whyNoJoining(effective: bigint | null): string | null {
  if (effective === null || has(effective, CAP_SYS_ADMIN)) return null;
  const missing = NEEDED.filter((capability) => !has(effective, capability)).flatMap((capability) =>
    capabilityNames(bitOf(capability)),
  );
  return `joining another network namespace needs ${missing.join(' and ')}: ${GRANTS}`;
}

/** For one that the kernel refused (setns(2), EPERM). One line. */
export function whyNotJoined(effective: bigint | null = effectiveCapabilities('/proc', 'self')): string {
  return (
    whyNoJoining(effective) ??
    'CAP_SYS_ADMIN is there, so a security policy forbids it, or it belongs to a user namespace around this one: run it as root on the host'
  );
}

/** Of a process that there is, and that the kernel does not let this one look into. One line. */
export function whyNoLooking(what: string, effective: bigint | null = effectiveCapabilities('/proc', 'self')): string {
  return effective !== null && has(effective, CAP_SYS_PTRACE)
    ? `${what} may not be looked into although CAP_SYS_PTRACE is there: ${FORBIDDEN}`
    : `looking into ${what} needs CAP_SYS_PTRACE: ${GRANTS}`;
}

/** For the report: what was not seen, and what shows it. @param effective CapEff of this process. */
export function whyUnseen(count: number, effective: bigint | null): string {
  const which = count === 1 ? '1 process may' : `${count} processes may`;
  return effective !== null && has(effective, CAP_SYS_PTRACE)
    ? `${which} not be looked into although CAP_SYS_PTRACE is there: ${FORBIDDEN}.`
    : `${which} not be looked into without CAP_SYS_PTRACE: run it as root on the host, with docker run --user 0 --cap-add SYS_PTRACE ${APPARMOR}, or with runAsUser: 0 and capabilities.add: [SYS_PTRACE] in Kubernetes.`;
}

/** This /proc shows one PID namespace of several. */
export const ONLY_OWN_PROCESSES =
  'Only processes of this PID namespace are seen: in a container docker run --pid host, or hostPID: true in Kubernetes, shows those of the machine that its engine runs on.';

function has(effective: bigint, capability: Capability): boolean {
  return (effective & bitOf(capability)) !== 0n;
}

function bitOf(capability: Capability): bigint {
  return 1n << BigInt(capability);
}
