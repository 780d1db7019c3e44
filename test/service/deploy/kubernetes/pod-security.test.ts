/** What the namespace allows is enough for its pods, and not more than the README says. */

import { describe, expect, it } from 'vitest';
import { document } from '../../../unit/docs/documents.ts';
import { type Level, refusedAt } from './pod-security.ts';
import { rendered, renderedWith, WAITING_LINES, WAYS } from './rendered.ts';
import { containersOf, isOurs, ofKind, only, podsOf, type Resource } from './resources.ts';

const ENFORCE = 'pod-security.kubernetes.io/enforce';

/** Where nothing says what the namespace allows, it is that of somebody who may be strict. */
function levelOf(resources: readonly Resource[]): Level {
  const [namespace] = ofKind(resources, 'Namespace');
  const { [ENFORCE]: enforced, 'pod-security.kubernetes.io/warn': warned } = namespace?.metadata.labels ?? {};
  expect(warned).toBe(enforced);
  return (enforced ?? 'restricted') as Level;
}

const refused = (level: Level, folder: Parameters<typeof rendered>[0]): readonly string[] =>
  podsOf(rendered(folder)).flatMap((pod) => refusedAt(level, pod));

describe.each(WAYS)('%s', (_, way) => {
  const resources = way();
  const pods = podsOf(resources);

  it('starts what its namespace allows', () => {
    const level = levelOf(resources);
    expect(pods.flatMap((pod) => refusedAt(level, pod))).toEqual([]);
  });

  it('writes nowhere but into its volumes', () => {
    const ours = pods.flatMap(containersOf).filter(isOurs);
    for (const { securityContext } of ours) expect(securityContext?.readOnlyRootFilesystem).toBe(true);
  });

  it('is taken by the server', () => {
    for (const pod of pods) {
      const { hostNetwork, dnsPolicy, securityContext } = pod.spec;
      // "may not be specified when 'hostNetwork' is true" (pkg/apis/core/validation, validateSysctls).
      if (hostNetwork === true) expect(securityContext?.sysctls).toBeUndefined();
      expect(dnsPolicy).toBe(hostNetwork === true ? 'ClusterFirstWithHostNet' : undefined);
      for (const { securityContext: own } of containersOf(pod)) {
        // "cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN" (ValidateSecurityContext).
        if (own?.capabilities?.add?.includes('SYS_ADMIN')) expect(own.allowPrivilegeEscalation).toBe(true);
      }
    }
  });
});

it('restricted is the rule', () => {
  const restricted = WAYS.filter(([, way]) => levelOf(way()) === 'restricted').map(([name]) => name);
  expect(restricted).toEqual(['.', 'base', 'monitoring', 'sidecar', 'overlays/secrets', '. with a token']);
});

it('each exception is the one that the README names', () => {
  expect(refused('restricted', 'overlays/net-raw')).toEqual(['agent: allowPrivilegeEscalation', 'agent: capabilities']);
  expect(refused('baseline', 'overlays/net-raw')).toEqual([]);
  expect(refused('baseline', 'overlays/host-network')).toEqual(['hostNetwork']);
  expect(refused('baseline', 'overlays/layers')).toEqual([
    'hostNetwork',
    'hostPID',
    'layers: adds SYS_ADMIN',
    'layers: adds SYS_PTRACE',
    'layers: adds NET_RAW',
    'layers: AppArmor is off',
  ]);
  const readme = document('deploy/kubernetes/README.md');
  for (const word of [
    'allowPrivilegeEscalation',
    'hostNetwork',
    'hostPID',
    'SYS_ADMIN',
    'SYS_PTRACE',
    'NET_RAW',
    'AppArmor',
  ]) {
    expect(readme).toContain(word);
  }
});

it('the agent stays an ordinary user, whatever is beside it', () => {
  const all = renderedWith(WAITING_LINES.filter((line) => !/net-raw/.test(line)));
  const agents = only(podsOf(all).filter(({ owner }) => owner === 'mtu-probe'));
  expect(agents.spec.securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 65532, runAsGroup: 65532 });
  expect(agents.spec.containers.find(({ name }) => name === 'agent')?.securityContext).toEqual({
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'] },
  });
});

it('these tests see what is refused', () => {
  const changed = (from: RegExp, to: string): readonly Resource[] =>
    JSON.parse(JSON.stringify(rendered('base')).replaceAll(from, to)) as Resource[];
  const found = (from: RegExp, to: string) => podsOf(changed(from, to)).flatMap((pod) => refusedAt('restricted', pod));
  expect(found(/"drop":\["ALL"\]/g, '"drop":["MKNOD"]')).toEqual(['agent: capabilities', 'check: capabilities']);
  expect(found(/"emptyDir":\{[^}]*\}/g, '"hostPath":{"path":"/"}')).toEqual(['hostPath history', 'hostPath']);
  expect(found(/"runAsNonRoot":true,/g, '')).toEqual(['agent: runAsNonRoot', 'check: runAsNonRoot']);
  expect(found(/net\.ipv4\.ping_group_range/g, 'net.core.somaxconn')).toHaveLength(2);
});
