/**
 * What the Pod Security Standards refuse: https://kubernetes.io/docs/concepts/security/pod-security-standards/ (as of
 * Kubernetes 1.33; those for Windows, and fields that these manifests' types do not have, are left out).
 */

import { type Container, containersOf, type Pod } from './resources.ts';

/** Baseline, "Capabilities": no others may be added. CAP_NET_RAW is not among them. */
const BASELINE_CAPABILITIES = [
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
];
/** Baseline, "Sysctls". */
const SAFE_SYSCTLS = [
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.ping_group_range',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
];
/** Restricted, "Volume Types". */
const RESTRICTED_VOLUMES = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'persistentVolumeClaim',
  'projected',
  'secret',
];

export type Level = 'privileged' | 'baseline' | 'restricted';

/** @returns what of the pod its level refuses, each with the name of the container. */
export function refusedAt(level: Level, pod: Pod): readonly string[] {
  if (level === 'privileged') return [];
  const baseline = [
    ...ofPodAtBaseline(pod),
    ...containersOf(pod).flatMap((container) => named(container, ofContainerAtBaseline(container))),
  ];
  if (level === 'baseline') return baseline;
  const restricted = containersOf(pod).flatMap((container) =>
    named(container, ofContainerAtRestricted(container, pod)),
  );
  return [...baseline, ...volumesAtRestricted(pod), ...restricted];
}

function ofPodAtBaseline({ spec }: Pod): string[] {
  const { hostNetwork, hostPID, hostIPC, securityContext } = spec;
  const sysctls = (securityContext?.sysctls ?? []).map(({ name }) => name);
  return [
    // "Host Namespaces".
    ...(hostNetwork === true ? ['hostNetwork'] : []),
    ...(hostPID === true ? ['hostPID'] : []),
    ...(hostIPC === true ? ['hostIPC'] : []),
    ...sysctls.filter((name) => !SAFE_SYSCTLS.includes(name)).map((name) => `sysctl ${name}`),
    ...(spec.volumes ?? []).filter((volume) => 'hostPath' in volume).map(({ name }) => `hostPath ${name}`),
  ];
}

function ofContainerAtBaseline({ securityContext, ports = [] }: Container): string[] {
  const added = securityContext?.capabilities?.add ?? [];
  return [
    ...(securityContext?.privileged === true ? ['privileged'] : []),
    ...added.filter((name) => !BASELINE_CAPABILITIES.includes(name)).map((name) => `adds ${name}`),
    ...(ports.some((port) => 'hostPort' in port) ? ['hostPort'] : []),
    // "AppArmor", "Seccomp": may not be turned off.
    ...(securityContext?.appArmorProfile?.type === 'Unconfined' ? ['AppArmor is off'] : []),
    ...(securityContext?.seccompProfile?.type === 'Unconfined' ? ['seccomp is off'] : []),
  ];
}

/** What a container does not say counts as the pod says it. */
function ofContainerAtRestricted({ securityContext = {} }: Container, { spec }: Pod): string[] {
  const { runAsNonRoot, runAsUser, seccompProfile } = { ...spec.securityContext, ...securityContext };
  const { allowPrivilegeEscalation, capabilities } = securityContext;
  const added = (capabilities?.add ?? []).filter((name) => name !== 'NET_BIND_SERVICE');
  return [
    ...(allowPrivilegeEscalation === false ? [] : ['allowPrivilegeEscalation']),
    ...(runAsNonRoot === true ? [] : ['runAsNonRoot']),
    ...(runAsUser === 0 ? ['runAsUser'] : []),
    ...(['RuntimeDefault', 'Localhost'].includes(seccompProfile?.type ?? '') ? [] : ['seccompProfile']),
    ...(capabilities?.drop?.includes('ALL') === true && added.length === 0 ? [] : ['capabilities']),
  ];
}

function volumesAtRestricted({ spec }: Pod): string[] {
  const kinds = (spec.volumes ?? []).flatMap(({ name, ...volume }) => Object.keys(volume));
  return kinds.filter((kind) => !RESTRICTED_VOLUMES.includes(kind));
}

function named({ name }: Container, refusals: readonly string[]): string[] {
  return refusals.map((refusal) => `${name}: ${refusal}`);
}
