/** How the workloads begin, end and hold together. */

import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { document } from '../../../unit/docs/documents.ts';
import { rendered, renderedWith, WAITING_LINES, WAYS } from './rendered.ts';
import {
  containersOf,
  isOurs,
  type Kind,
  ofKind,
  only,
  type Pod,
  podsOf,
  type Resource,
  type Selector,
  selects,
} from './resources.ts';

const ownersOf = (pods: readonly Pod[], selector: Selector): string[] =>
  pods.filter(({ labels }) => selects(selector, labels)).map(({ owner }) => owner);

describe.each(WAYS)('%s', (_, way) => {
  const resources = way();
  const pods = podsOf(resources);

  it('selects what it means', () => {
    for (const { spec } of ofKind(resources, 'DaemonSet')) {
      expect(selects(spec.selector, spec.template.metadata.labels)).toBe(true);
    }
    for (const { spec } of ofKind(resources, 'Service')) {
      expect(ownersOf(pods, { matchLabels: spec.selector })).toEqual(['mtu-probe']);
    }
    for (const { metadata, spec } of ofKind(resources, 'NetworkPolicy')) {
      const chosen = { 'mtu-probe': ['mtu-probe', 'mtu-probe-check'], 'mtu-probe-agents': ['mtu-probe'] };
      expect(ownersOf(pods, spec.podSelector)).toEqual(chosen[metadata.name as keyof typeof chosen]);
      for (const { podSelector } of (spec.ingress ?? []).flatMap(({ from }) => from)) {
        if (podSelector !== undefined) expect(ownersOf(pods, podSelector)).toEqual(['mtu-probe']);
      }
    }
  });

  it('leads services to ports that there are, under their numbers', () => {
    for (const { spec } of ofKind(resources, 'Service')) {
      const pod = only(pods.filter(({ labels }) => selects({ matchLabels: spec.selector }, labels)));
      const open = containersOf(pod).flatMap(({ ports = [] }) => ports);
      const led = spec.ports.map(({ targetPort, port, protocol }) => ({
        name: targetPort,
        containerPort: port,
        protocol,
      }));
      expect(led).toEqual(open);
    }
  });

  it('lets in what is served, and everything out', () => {
    for (const { metadata, spec } of ofKind(resources, 'NetworkPolicy')) {
      if (metadata.name === 'mtu-probe')
        expect(spec).toMatchObject({ policyTypes: ['Ingress', 'Egress'], egress: [{}] });
      const open = pods
        .filter(({ labels }) => selects(spec.podSelector, labels))
        .flatMap((pod) => containersOf(pod).flatMap(({ ports = [] }) => ports))
        .map(({ containerPort, protocol = 'TCP' }) => `${containerPort}/${protocol}`);
      for (const { from, ports } of spec.ingress ?? []) {
        const letIn = ports.map(({ port, protocol = 'TCP' }) => `${port}/${protocol}`);
        const isAgent = from.some(({ podSelector }) => podSelector !== undefined);
        expect(letIn).toEqual(isAgent ? open : open.slice(0, 1));
      }
    }
  });

  it('is in one namespace, or in the one of whoever copies it', () => {
    for (const { kind, metadata } of resources) {
      const isCopied = kind === 'Job' || kind === 'Namespace';
      expect(metadata.namespace, metadata.name).toBe(isCopied ? undefined : 'mtu-probe');
    }
  });

  it('asks the cluster for nothing', () => {
    for (const { spec } of pods) {
      expect(spec).toMatchObject({ automountServiceAccountToken: false, enableServiceLinks: false });
    }
  });
});

describe('the check', () => {
  const { spec } = only(ofKind(rendered('base'), 'CronJob'));
  const { spec: job } = spec.jobTemplate;

  it('fails once, and is over before the next', () => {
    expect(spec).toMatchObject({ schedule: '17 * * * *', concurrencyPolicy: 'Forbid' });
    expect(job).toMatchObject({ backoffLimit: 0, ttlSecondsAfterFinished: 86_400 });
    expect(job.template.spec.restartPolicy).toBe('Never');
  });

  it('has time for several addresses', () => {
    const { args = [] } = only(job.template.spec.containers);
    const timeout = Number(args[args.indexOf('--timeout') + 1]);
    expect(job.activeDeadlineSeconds).toBeGreaterThanOrEqual(10 * timeout);
  });

  it('leaves a report for programs in its log', () => {
    expect(only(job.template.spec.containers).args).toEqual(expect.arrayContaining(['--format', 'json']));
  });
});

describe('beside a job', () => {
  const jobs = new Map(ofKind(rendered('sidecar'), 'Job').map(({ metadata, spec }) => [metadata.name, spec]));
  const proberOf = (name: string) => only(jobs.get(name)?.template.spec.initContainers ?? []);

  it('the prober stays, and holds the job until it is ready', () => {
    const { restartPolicy, startupProbe, args } = proberOf('build');
    expect(restartPolicy).toBe('Always');
    expect(args).toContain('--until-signal');
    expect(startupProbe?.exec?.command.at(-1)).toBe('health');
    // It gives up no earlier than the job: a prober that is started anew forgets why the job waits.
    const waits = (startupProbe?.periodSeconds ?? 0) * (startupProbe?.failureThreshold ?? 3);
    expect(waits).toBeGreaterThanOrEqual(jobs.get('build')?.activeDeadlineSeconds ?? Infinity);
  });

  it('the prober ends before, and the job with it', () => {
    const { restartPolicy, startupProbe, args } = proberOf('build-or-fail');
    expect([restartPolicy, startupProbe]).toEqual([undefined, undefined]);
    expect(args).toContain('--once-ready');
    expect(jobs.get('build-or-fail')).toMatchObject({
      backoffLimit: 0,
      template: { spec: { restartPolicy: 'Never' } },
    });
  });
});

describe('monitoring', () => {
  const all = (): readonly Resource[] => renderedWith(['monitoring']);

  it('scrapes the agents under the name that a rule asks for', () => {
    const resources = all();
    const { spec } = only(ofKind(resources, 'ServiceMonitor'));
    const service = only(
      ofKind(resources, 'Service').filter(({ metadata }) => selects(spec.selector, metadata.labels ?? {})),
    );
    const { port, path } = only(spec.endpoints);
    expect(service.spec.ports.map(({ name }) => name)).toContain(port);
    expect(path).toBe('/metrics');
    const job = service.metadata.labels?.[spec.jobLabel];
    expect(document('deploy/prometheus/mtu-probe.rules.yml')).toContain(`up{job="${job}"} == 0`);
  });

  it('has the rules of deploy/prometheus', () => {
    const { spec } = only(ofKind(all(), 'PrometheusRule'));
    expect(spec).toEqual(parse(document('deploy/prometheus/mtu-probe.rules.yml')));
  });

  it('has the dashboard of deploy/grafana, where Grafana looks for it', () => {
    const { metadata, data } = only(
      ofKind(all(), 'ConfigMap').filter(({ metadata }) => metadata.name === 'mtu-probe-dashboard'),
    );
    expect(metadata.labels).toEqual({ grafana_dashboard: '1' });
    expect(data).toEqual({ 'mtu-probe.json': document('deploy/grafana/mtu-probe.json') });
  });

  it('knows the token, and is otherwise the same with it', () => {
    const endpoint = (lines: readonly string[]) =>
      only(only(ofKind(renderedWith(['monitoring', ...lines]), 'ServiceMonitor')).spec.endpoints);
    const { authorization, ...rest } = endpoint(['overlays/secrets/service-monitor.yaml']);
    expect(authorization).toEqual({ credentials: { name: 'mtu-probe', key: 'token' } });
    expect(rest).toEqual(endpoint([]));
  });
});

describe('kustomization.yaml', () => {
  it('names the image of every container, in every way', () => {
    const lines = WAITING_LINES.filter((line) => line !== 'overlays/net-raw/namespace.yaml');
    const containers = podsOf(renderedWith(lines, 'registry.example.org/mtu-probe'))
      .flatMap(containersOf)
      .filter(isOurs);
    expect(containers.map(({ name }) => name).sort()).toEqual(['agent', 'check', 'layers', 'mtu-probe', 'mtu-probe']);
    for (const { image } of containers) expect(image).toMatch(/^registry\.example\.org\/mtu-probe:\d/);
  });

  it('offers every file of the overlays', () => {
    expect(WAITING_LINES).toEqual([
      'monitoring',
      'sidecar',
      'overlays/secrets/agents.yaml',
      'overlays/secrets/service-monitor.yaml',
      'overlays/net-raw/agents.yaml',
      'overlays/host-network/agents.yaml',
      'overlays/layers/agents.yaml',
      'overlays/net-raw/namespace.yaml',
      'overlays/host-network/namespace.yaml',
    ]);
  });

  it('takes in each line by itself', () => {
    const kinds = (resources: readonly Resource[]): readonly Kind[] => resources.map(({ kind }) => kind);
    for (const line of WAITING_LINES) {
      const before = line.endsWith('service-monitor.yaml') ? ['monitoring'] : [];
      expect(kinds(renderedWith([...before, line]))).toContain('DaemonSet');
    }
  });
});
