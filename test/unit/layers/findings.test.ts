import { describe, expect, it } from 'vitest';
import type { Report } from '../../../src/contract.ts';
import type { LayerFinding } from '../../../src/layers/contract.ts';
import { findingsOf } from '../../../src/layers/findings.ts';
import { BLACK_HOLE, finding } from '../report/reports.ts';
import { ARTICLE_REPORTS, layersOf, measured } from './measured.ts';
import {
  article,
  articleInner,
  articleNode,
  articlePod,
  byDefault,
  container,
  corner,
  eth0,
  inspected,
  nic,
  podContainer,
  type Scene,
  scene,
} from './scenes.ts';

function found(given: Scene, reports: Readonly<Record<number, Report | string>> = {}): readonly LayerFinding[] {
  return findingsOf(layersOf(given, reports));
}

const short = ({ code, severity, netns, inner, outer }: LayerFinding): string =>
  `${severity} ${code} ${netns}: ${inner.interface} ${inner.mtu} > ${outer.interface} ${outer.mtu}`;

describe('the step of the article', () => {
  it('is critical where the inner layer is measured as a black hole', () => {
    const [one, ...rest] = found(article(), ARTICLE_REPORTS);
    expect(rest).toEqual([]);
    expect(one).toMatchObject({
      code: 'nested-mtu-mismatch',
      severity: 'critical',
      netns: 'net:[3]',
      inner: { netns: 'net:[2]', layer: 'default/drone-1', interface: 'docker0', mtu: 1500 },
      outer: { netns: 'net:[2]', layer: 'default/drone-1', interface: 'eth0', mtu: 1450 },
      summary:
        'Downloads of build hang: docker0 of default/drone-1 takes packets of up to 1500 bytes, and eth0 of ' +
        'default/drone-1, which they leave through, only 1450. Set the MTU of docker0 of default/drone-1, and of what is ' +
        'behind it, to 1450.',
      detail: 'Measured in build, reverse: 1450 bytes arrive, larger packets vanish and their sender is not told.',
    });
    expect(one?.remedies.slice(0, 2).map(({ environment }) => environment)).toEqual(['dind', 'docker']);
    expect(one?.remedies[0]?.snippet).toContain('--mtu=1450');
  });

  it.each([
    ['nothing was measured', 'warning nested-mtu-mismatch net:[3]: docker0 1500 > eth0 1450'],
    [measured('inconclusive'), 'warning nested-mtu-mismatch net:[3]: docker0 1500 > eth0 1450'],
    [measured('unreachable'), 'warning nested-mtu-mismatch net:[3]: docker0 1500 > eth0 1450'],
    [measured('delayed'), 'critical nested-mtu-mismatch net:[3]: docker0 1500 > eth0 1450'],
    [measured('reduced'), 'warning latent net:[3]: docker0 1500 > eth0 1450'],
    [measured('clamped'), 'info latent net:[3]: docker0 1500 > eth0 1450'],
    // As much as was tried says nothing of more.
    [measured('clear', 'eth0', 1400), 'warning nested-mtu-mismatch net:[3]: docker0 1500 > eth0 1450'],
    // Through another interface than the one with the step.
    [measured('black-hole', 'eth1'), 'warning nested-mtu-mismatch net:[3]: docker0 1500 > eth0 1450'],
  ])('%#: is as grave as what was measured', (report, expected) => {
    expect(found(article(), { 3: report }).map(short)).toEqual([expected]);
  });

  it('is none where larger packets pass all the same', () => {
    expect(found(article(), { 3: measured('clear') })).toEqual([]);
    expect(found(article(), { 3: measured('black-hole', 'eth0', 1480) })).toEqual([]);
  });

  it('is gone after the repair', () => {
    expect(found(article({ docker0: 1450, inner: 1450 }))).toEqual([]);
  });

  it('is not to blame for what is limited further out', () => {
    const [one] = found(article(), {
      2: measured('black-hole', 'eth0', 1400),
      3: measured('black-hole', 'eth0', 1400),
    });
    expect(one?.severity).toBe('warning');
    expect(one?.summary).toContain(
      'Downloads of build hang, but not here first: default/drone-1 loses the same packets.',
    );
    expect(one?.detail).toContain('so that what breaks build lies further out, and this step is not to blame for it.');
  });

  it('speaks of the smaller number where that is what arrives', () => {
    const [one] = found(article(), { 3: measured('black-hole', 'eth0', 1400) });
    expect(one).toMatchObject({ severity: 'critical' });
    expect(one?.summary).toContain('to 1400.');
    expect(one?.detail).toContain('Further out no more than 1400 fits.');
  });

  it('was not measured where the target is an address of the layer itself', () => {
    const local: Report = {
      ...measured('clear'),
      paths: measured('clear').paths.map((path) => ({
        ...path,
        findings: [finding('local', 'info', 'This host.', '')],
      })),
    };
    expect(found(article(), { 3: local }).map(short)).toEqual([
      'warning nested-mtu-mismatch net:[3]: docker0 1500 > eth0 1450',
    ]);
  });
});

describe('layers that share a step', () => {
  const engine = corner(
    3,
    { containers: [container('b', 'engine')] },
    inspected(
      [
        nic(2, 'eth0', 1500, 'veth', { addresses: ['172.17.0.2/16'], link: [4, 2] }),
        nic(3, 'docker0', 1500, 'bridge', { addresses: ['172.20.0.1/16'] }),
        nic(4, 'veth4', 1500, 'veth', { master: 3, link: [2, 4] }),
      ],
      [byDefault(2, '172.17.0.1')],
    ),
  );
  const deepest = corner(
    4,
    { containers: [container('c', 'deepest')] },
    eth0(1500, '172.20.0.2/16', '172.20.0.1', [4, 3]),
  );
  const deep = scene(articleNode(), articlePod(), engine, deepest);

  it('are named by the nearest one where they are further in', () => {
    const reports = { 3: measured('black-hole'), 4: measured('black-hole') };
    expect(found(deep, reports).map(short)).toEqual(['critical nested-mtu-mismatch net:[3]: docker0 1500 > eth0 1450']);
    expect(found(deep, reports)[0]?.detail).toMatch(/Further in, deepest leaves through it as well\.$/);
    expect(found(deep).map(short)).toEqual(['warning nested-mtu-mismatch net:[3]: docker0 1500 > eth0 1450']);
  });

  it('have a finding of their own where their numbers are others', () => {
    expect(found(deep, { 3: measured('reduced'), 4: measured('black-hole') }).map(short)).toEqual([
      'critical nested-mtu-mismatch net:[4]: docker0 1500 > eth0 1450',
      'warning latent net:[3]: docker0 1500 > eth0 1450',
    ]);
  });

  it('have one each where they are side by side, and the repaired network has none', () => {
    const pod = articlePod(
      1500,
      nic(5, 'br-0123456789ab', 1450, 'bridge', { addresses: ['172.18.0.1/16'] }),
      nic(6, 'veth6', 1450, 'veth', { master: 5, link: [2, 5] }),
      nic(7, 'veth7', 1500, 'veth', { master: 3, link: [2, 6] }),
    );
    const fixed = corner(
      5,
      { containers: [container('d', 'fixed')] },
      eth0(1450, '172.18.0.2/16', '172.18.0.1', [6, 2]),
    );
    const twin = corner(6, { containers: [container('e', 'twin')] }, eth0(1500, '172.17.0.3/16', '172.17.0.1', [7, 2]));
    expect(found(scene(articleNode(), pod, articleInner(), fixed, twin)).map(short)).toEqual([
      'warning nested-mtu-mismatch net:[3]: docker0 1500 > eth0 1450',
      'warning nested-mtu-mismatch net:[6]: docker0 1500 > eth0 1450',
    ]);
  });
});

describe('remedies', () => {
  const first = (bridge: string, report: Report | string = 'nothing was measured', isNode = true) => {
    const inside = corner(
      3,
      { containers: [container('b', 'box')] },
      eth0(1500, '172.17.0.2/16', '172.17.0.1', [9, 1]),
    );
    const node = corner(
      1,
      isNode ? { isOwn: true, hasInit: true } : { containers: [podContainer('a', 'ci')] },
      inspected(
        [
          nic(2, 'ens18', 1400),
          nic(3, bridge, 1500, 'bridge'),
          nic(9, 'veth9', 1500, 'veth', { master: 3, link: [2, 3] }),
        ],
        [byDefault(2, '192.0.2.1')],
      ),
    );
    return found(scene(node, inside), { 3: report })[0]
      ?.remedies.map(({ environment }) => environment)
      .slice(0, 3);
  };

  it.each([
    ['docker0', ['docker', 'dind', 'drone']],
    ['br-0123456789ab', ['docker-network', 'compose', 'docker']],
    ['cni0', ['flannel', 'docker', 'dind']],
    ['docker_gwbridge', ['swarm', 'docker', 'dind']],
    ['podman0', ['podman', 'docker', 'dind']],
    ['virbr0', ['docker', 'dind', 'drone']],
  ])('%s: whose network it is comes first', (bridge, environments) => {
    expect(first(bridge)).toEqual(environments);
  });

  it('an engine in a pod is set by the pod; networks of its own are made anew', () => {
    expect(first('docker0', 'x', false)).toEqual(['dind', 'docker', 'drone']);
    expect(first('br-0123456789ab', 'x', false)).toEqual(['docker-network', 'compose', 'dind']);
  });

  it('a CI system that was seen comes before all', () => {
    const report: Report = { ...measured('black-hole', 'eth0', 1400), environments: ['woodpecker', 'docker'] };
    expect(first('br-0123456789ab', report)).toEqual(['woodpecker', 'docker-network', 'compose']);
  });
});

it('the ends of a pair differ: what does not fit is dropped, and nobody is told', () => {
  const node = articleNode(nic(9, 'cali0123456789a', 1400, 'veth', { link: [3, 3] }));
  const inside = inspected([nic(3, 'eth0', 1450, 'veth', { link: [9, 1] })], [byDefault(3, '169.254.1.1')]);
  const [one] = found(scene(node, corner(3, { containers: [podContainer('b', 'web')] }, inside)));
  expect(one?.detail).toBe(
    'Nothing was measured in default/web (inspect sends nothing). These are the two ends of one veth pair: it drops what its ' +
      'far end does not take, and tells nobody.',
  );
  expect(one?.remedies[0]?.environment).toBe('calico');
});

it('of one path that is broken and one that works the broken one counts', () => {
  const both: Report = { ...measured('black-hole'), paths: [...measured('clear').paths, BLACK_HOLE] };
  expect(found(article(), { 3: both }).map(({ severity }) => severity)).toEqual(['critical']);
});
