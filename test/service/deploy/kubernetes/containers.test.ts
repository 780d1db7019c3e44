/** What containers are told, and what is asked of them. */

import { describe, expect, it } from 'vitest';
import { CONFIG_SETTING, SETTING_KEYS, SETTINGS } from '../../../../src/config/watch/settings.ts';
import { document } from '../../../unit/docs/documents.ts';
import { understood } from './command-line.ts';
import { rendered, WAYS } from './rendered.ts';
import { type Container, containersOf, isOurs, ofKind, only, type Pod, podsOf, type Resource } from './resources.ts';

const [PROGRAM = ''] = /(?<=^ENTRYPOINT \[")[^"]+/m.exec(document('Dockerfile')) ?? [];
const { paths: ROUTES } = JSON.parse(document('docs/openapi.json')) as { readonly paths: Record<string, object> };
const VARIABLES = [CONFIG_SETTING, ...SETTING_KEYS.map((key) => SETTINGS[key])].map(({ variable }) => variable);

/** The files of ConfigMaps, where the container has them. */
function filesOf(container: Container, pod: Pod, resources: readonly Resource[]): Record<string, string> {
  const files = (container.volumeMounts ?? []).flatMap(({ name, mountPath }) => {
    const volume = only((pod.spec.volumes ?? []).filter((candidate) => candidate.name === name));
    const data = ofKind(resources, 'ConfigMap').find(({ metadata }) => metadata.name === volume.configMap?.name)?.data;
    return Object.entries(data ?? {}).map(([file, text]) => [`${mountPath}/${file}`, text] as const);
  });
  return Object.fromEntries(files);
}

/** What the container would do, as the real command line reads it. */
function told(container: Container, pod: Pod, resources: readonly Resource[]) {
  expect(container.command, container.name).toBeUndefined();
  const environment = Object.fromEntries((container.env ?? []).map(({ name, value }) => [name, value]));
  return understood(container.args ?? [], { environment, files: filesOf(container, pod, resources) });
}

const probesOf = ({ startupProbe, readinessProbe, livenessProbe }: Container) =>
  [startupProbe, readinessProbe, livenessProbe].filter((probe) => probe !== undefined);

describe.each(WAYS)('%s', (_, way) => {
  const resources = way();
  const ours = podsOf(resources).flatMap((pod) =>
    containersOf(pod)
      .filter(isOurs)
      .map((container) => ({ pod, container })),
  );

  it('tells containers what the command line takes', async () => {
    for (const { pod, container } of ours) await told(container, pod, resources);
  });

  it('sets variables that there are', () => {
    const names = ours.flatMap(({ container }) => (container.env ?? []).map(({ name }) => name));
    expect(names.filter((name) => !VARIABLES.includes(name))).toEqual([]);
  });

  it('asks of probes what is answered', async () => {
    for (const { container } of ours) {
      for (const { httpGet, exec, periodSeconds, timeoutSeconds } of probesOf(container)) {
        expect(timeoutSeconds).toBeGreaterThan(1);
        expect(periodSeconds).toBeGreaterThanOrEqual(5);
        if (httpGet !== undefined) {
          expect(Object.keys(ROUTES)).toContain(httpGet.path);
          expect((container.ports ?? []).map(({ name }) => name)).toContain(httpGet.port);
        } else {
          const [program, ...words] = exec?.command ?? [];
          expect(program).toBe(PROGRAM);
          await understood(words);
        }
      }
    }
  });

  it('opens the ports that containers listen on, and no other', async () => {
    for (const { pod, container } of ours) {
      const watch = await told(container, pod, resources);
      const { listen, responder, peers } = watch?.options ?? {};
      const open = (container.ports ?? []).map(({ containerPort, protocol = 'TCP' }) => `${containerPort}/${protocol}`);
      if (listen === undefined || listen.address === '127.0.0.1') {
        expect(open).toEqual([]);
        continue;
      }
      expect(responder).toMatchObject({ listen: null });
      expect(peers?.httpPort).toBe(listen.port);
      expect(open).toEqual([`${listen.port}/TCP`, `${peers?.port}/TCP`, `${peers?.port}/UDP`]);
    }
  });

  it('has a volume for each mount, and a mount for each volume', () => {
    for (const pod of podsOf(resources)) {
      const mounted = containersOf(pod).flatMap(({ volumeMounts = [] }) => volumeMounts.map(({ name }) => name));
      expect(mounted.sort()).toEqual((pod.spec.volumes ?? []).map(({ name }) => name).sort());
      const maps = (pod.spec.volumes ?? []).flatMap(({ configMap }) =>
        configMap === undefined ? [] : [configMap.name],
      );
      const known = ofKind(resources, 'ConfigMap').map(({ metadata }) => metadata.name);
      expect(maps.filter((name) => !known.includes(name))).toEqual([]);
    }
  });

  it('writes and reads where something is mounted', async () => {
    for (const { pod, container } of ours) {
      const { options } = (await told(container, pod, resources)) ?? {};
      const mounts = (container.volumeMounts ?? []).filter(({ readOnly }) => readOnly !== true);
      const path = options?.history.path ?? null;
      if (path !== null) expect(mounts.map(({ mountPath }) => mountPath)).toContain(path.replace(/\/[^/]+$/, ''));
      for (const file of [options?.tokenFile, options?.secretFile]) {
        if (typeof file !== 'string') continue;
        const at = only((container.volumeMounts ?? []).filter(({ mountPath }) => file.startsWith(`${mountPath}/`)));
        expect(pod.spec.volumes?.find(({ name }) => name === at.name)?.secret?.secretName).toBe('mtu-probe');
      }
    }
  });

  it('limits what a container may take, but not its time', () => {
    for (const { container } of ours) {
      expect(Object.keys(container.resources?.requests ?? {}).sort()).toEqual(['cpu', 'memory']);
      expect(Object.keys(container.resources?.limits ?? {})).toEqual(['memory']);
    }
  });
});

describe('the agents', () => {
  it('are found by the service that they look for, ready or not', async () => {
    const resources = rendered('base');
    const pod = only(podsOf(resources).filter(({ owner }) => owner === 'mtu-probe'));
    const watch = await told(only(pod.spec.containers), pod, resources);
    const service = only(ofKind(resources, 'Service'));
    expect(watch?.options.peers?.source).toEqual({ kind: 'dns', name: service.metadata.name });
    expect(service.spec).toMatchObject({ clusterIP: 'None', publishNotReadyAddresses: true });
  });

  it('keep a history that fits its volume', async () => {
    const resources = rendered('base');
    const pod = only(podsOf(resources).filter(({ owner }) => owner === 'mtu-probe'));
    const watch = await told(only(pod.spec.containers), pod, resources);
    expect(watch?.options.history.maxSize).toBe(128_000_000);
    const size = pod.spec.volumes?.find(({ emptyDir }) => emptyDir !== undefined)?.emptyDir?.sizeLimit;
    // A file of SQLite has a journal beside it.
    expect(size).toBe('256Mi');
  });

  it('have a responder and pages for those who know the secrets, where there are some', async () => {
    const resources = rendered('overlays/secrets');
    const pod = only(podsOf(resources).filter(({ owner }) => owner === 'mtu-probe'));
    const watch = await told(only(pod.spec.containers), pod, resources);
    expect(watch?.options).toMatchObject({
      tokenFile: '/run/secrets/mtu-probe/token',
      secretFile: '/run/secrets/mtu-probe/responder',
    });
    // 0440: for root and the group of the pod.
    expect(pod.spec.volumes?.find(({ secret }) => secret !== undefined)?.secret?.defaultMode).toBe(0o440);
    expect(pod.spec.securityContext?.fsGroup).toBe(65532);
    const text = document('deploy/kubernetes/overlays/secrets/agents.yaml');
    expect([...text.matchAll(/--from-literal (\w+)=/g)].map(([, key]) => key)).toEqual(['token', 'responder']);
  });
});
