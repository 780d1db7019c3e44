import { describe, expect, it } from 'vitest';
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
  NODE,
  netns,
  nic,
  podContainer,
  process,
  type Scene,
  scene,
  tree,
} from './scenes.ts';

/** `name kind depth<parent egress`. */
function lines(given: Scene): string[] {
  return tree(given).map(
    ({ name, kind, depth, parent, egress }) => `${name}: ${kind}, depth ${depth}, in ${parent}, through ${egress}`,
  );
}

describe('the nesting', () => {
  it('is that of the default routes, outermost first', () => {
    const { sight, inspections } = article();
    const backwards = { ...sight, namespaces: [...sight.namespaces].reverse() };
    expect(lines({ sight: backwards, inspections })).toEqual([
      'node: node, depth 0, in null, through ens18',
      'default/drone-1: pod, depth 1, in net:[1], through eth0',
      'build: container, depth 2, in net:[2], through eth0',
    ]);
  });

  it('goes as deep as it is, and puts what is in a layer right behind it', () => {
    const pod = articlePod(
      1500,
      nic(5, 'br-0123456789ab', 1450, 'bridge', { addresses: ['172.18.0.1/16'] }),
      nic(6, 'veth6', 1450, 'veth', { master: 5, link: [2, 5] }),
    );
    const fixed = corner(
      5,
      { containers: [container('d', 'fixed')] },
      eth0(1450, '172.18.0.2/16', '172.18.0.1', [6, 2]),
    );
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
    expect(lines(scene(deepest, fixed, engine, pod, articleNode())).map((line) => line.split(', in')[0])).toEqual([
      'node: node, depth 0',
      'default/drone-1: pod, depth 1',
      'fixed: container, depth 2',
      'engine: container, depth 2',
      'deepest: container, depth 3',
    ]);
  });

  it('of a macvlan is the namespace of the interface below it', () => {
    const inside = inspected([nic(7, 'eth0', 1500, 'other', { link: [2, 1] })], [byDefault(7, '192.0.2.1')]);
    expect(lines(scene(articleNode(), corner(3, { containers: [container('b', 'lan')] }, inside)))[1]).toBe(
      'lan: container, depth 1, in net:[1], through eth0',
    );
  });

  it('needs no bridge and no address at the other end', () => {
    const node = articleNode(nic(9, 'cali0123456789a', 1450, 'veth', { link: [3, 3] }));
    const inside = inspected([nic(3, 'eth0', 1450, 'veth', { link: [9, 1] })], [byDefault(3, '169.254.1.1')]);
    const pods = tree(scene(node, corner(3, { containers: [podContainer('b', 'web')] }, inside)));
    expect(pods[1]).toMatchObject({
      name: 'default/web',
      depth: 1,
      interfaces: [{ name: 'eth0', peer: { netns: 'net:[1]', interface: 'cali0123456789a' } }],
    });
  });

  it('is unknown without a way out, and then there is a reason', () => {
    const lonely = corner(
      3,
      { containers: [container('b', 'lonely')] },
      inspected([nic(1, 'lo', 65536, 'loopback')], []),
    );
    const sandbox = corner(
      4,
      { mounts: ['1-abcdef'], oldest: null, path: '/run/docker/netns/1-abcdef' },
      inspected([nic(2, 'br0', 1450, 'bridge'), nic(5, 'vxlan0', 1450, 'vxlan', { master: 2 })], []),
    );
    const gone = corner(5, { oldest: process(55, ['cargo', 'test']) }, null);
    const found = tree(scene(articleNode(), lonely, sandbox, gone));
    expect(found.map(({ name, kind, depth, notMeasured }) => [name, kind, depth, notMeasured])).toEqual([
      ['node', 'node', 0, null],
      ['lonely', 'container', null, 'no route leads out of it'],
      ['netns 1-abcdef', 'other', null, 'no route leads out of it'],
      ['cargo test', 'other', null, 'it ended meanwhile'],
    ]);
    expect(found[3]).toMatchObject({ configuration: null, interfaces: [], egress: null, pid: 55 });
  });

  it('is unknown where a program or another host is behind the tunnel', () => {
    const rootless = corner(3, {}, inspected([nic(2, 'tap0', 65520, 'tun')], [byDefault(2, '10.0.2.2')]));
    const vpn = corner(
      4,
      { mounts: ['vpn'], oldest: null },
      inspected([nic(2, 'wg0', 1420, 'wireguard')], [byDefault(2, '10.244.0.1')]),
    );
    expect(lines(scene(articleNode(), rootless, vpn))).toEqual([
      'node: node, depth 0, in null, through ens18',
      'netns vpn: other, depth 1, in net:[1], through wg0',
      'sleep inf: other, depth null, in null, through tap0',
    ]);
  });

  it('of a namespace with a device of the machine is none', () => {
    const nicInside = corner(
      3,
      { mounts: ['sriov'], oldest: null },
      inspected([nic(2, 'ens5', 1500)], [byDefault(2, '192.0.2.1')]),
    );
    expect(lines(scene(articleNode(), nicInside))[1]).toBe('netns sriov: other, depth 0, in null, through ens5');
  });

  it('leads over a switch to the namespace of the next hop', () => {
    const wire = corner(
      4,
      { mounts: ['switch'], oldest: null },
      inspected(
        [
          nic(2, 'br0', 1500, 'bridge'),
          nic(3, 'a', 1500, 'veth', { master: 2, link: [2, 3] }),
          nic(4, 'b', 1500, 'veth', { master: 2, link: [5, 1] }),
        ],
        [],
      ),
    );
    const node = articleNode(nic(5, 'lan', 1500, 'veth', { addresses: ['10.9.0.1/24'], link: [4, 4] }));
    const inside = corner(3, { mounts: ['client'], oldest: null }, eth0(1500, '10.9.0.2/24', '10.9.0.1', [3, 4]));
    expect(lines(scene(node, inside, wire))[1]).toBe('netns client: other, depth 1, in net:[1], through eth0');
  });

  it('takes IPv4 first, of several routes the one with the lowest metric, and IPv6 where there is nothing else', () => {
    const two = [nic(2, 'eth0', 1500), nic(3, 'eth1', 1400)];
    const egress = (...routes: readonly ReturnType<typeof byDefault>[]): string | null | undefined =>
      tree(scene(corner(1, NODE, inspected(two, routes))))[0]?.egress;
    expect(egress(byDefault(2, null, { metric: 200 }), byDefault(3, null, { metric: 100 }))).toBe('eth1');
    expect(egress(byDefault(2, null, { family: 6 }), byDefault(3, null, { metric: 100 }))).toBe('eth1');
    expect(egress(byDefault(2, null, { family: 6, to: '::/0' }))).toBe('eth0');
  });
});

describe('without netlink', () => {
  /** Both nodes' ports have the same numbers: only the address of the next hop tells which one it is. */
  const outer = (inode: number, seen: object, address: string) =>
    corner(
      inode,
      seen,
      inspected(
        [
          nic(2, 'eth0', 1500),
          nic(3, 'br0', 1500, 'bridge', { addresses: [address] }),
          nic(7, 'port', 1500, 'veth', { master: 3, link: [2, null] }),
        ],
        [byDefault(2, '192.0.2.1')],
        { source: 'proc' },
      ),
    );

  it('a pair names each other, and the next hop decides between several', () => {
    const inner = corner(
      3,
      { containers: [container('b', 'inner')] },
      eth0(1500, '10.2.0.2/24', '10.2.0.1', [7, null]),
    );
    const found = tree(scene(outer(1, NODE, '10.1.0.1/24'), outer(2, {}, '10.2.0.1/24'), inner));
    expect(found.find(({ name }) => name === 'inner')).toMatchObject({
      parent: netns(2),
      depth: 1,
      interfaces: [{ peer: { netns: netns(2), interface: 'port' } }],
    });
  });

  it('what nothing decides is unknown', () => {
    const inner = corner(
      3,
      { containers: [container('b', 'inner')] },
      eth0(1500, '10.2.0.2/24', '169.254.1.1', [7, null]),
    );
    expect(tree(scene(outer(1, NODE, '10.1.0.1/24'), outer(2, {}, '10.2.0.1/24'), inner)).at(-1)).toMatchObject({
      name: 'inner',
      parent: null,
      depth: null,
    });
  });

  it('a number that another interface happens to have is no pair', () => {
    const other = corner(
      2,
      {},
      inspected([nic(7, 'eth0', 1500, 'veth', { link: [9, null] })], [byDefault(7, '10.1.0.1')]),
    );
    const inner = corner(
      3,
      { containers: [container('b', 'inner')] },
      eth0(1500, '10.1.0.2/24', '10.1.0.1', [7, null]),
    );
    expect(tree(scene(outer(1, NODE, '10.1.0.1/24'), other, inner)).find(({ name }) => name === 'inner')?.parent).toBe(
      netns(1),
    );
  });
});

it('tells what is set: routes by name, capabilities that matter, ports and their bridges', () => {
  const oldest = { ...process(30), capabilities: (1n << 13n) | (1n << 12n) | 1n };
  const { seen, inspection } = articleInner();
  const [layer] = tree(scene({ seen: { ...seen, oldest }, inspection }));
  expect(layer?.configuration).toEqual({
    routes: [{ family: 4, to: 'default', via: '172.17.0.1', interface: 'eth0', metric: 0, mtu: null, locked: false }],
    cachedPathMtus: [],
    tcpMtuProbing: 0,
    pingGroupRange: [1, 0],
    capabilities: ['CAP_NET_ADMIN', 'CAP_NET_RAW'],
  });
  const paused = { ...process(29, ['/pause']), capabilities: 0n };
  const [pod] = tree(scene({ seen: { ...seen, oldest: paused, representative: oldest }, inspection }));
  expect(pod?.configuration?.capabilities).toEqual(['CAP_NET_ADMIN', 'CAP_NET_RAW']);
  expect(tree(article())[1]?.interfaces[2]).toEqual({
    name: 'veth2c3d',
    mtu: 1500,
    kind: 'veth',
    addresses: [],
    master: 'docker0',
    peer: { netns: 'net:[3]', interface: 'eth0' },
  });
});
