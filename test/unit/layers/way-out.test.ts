import { expect, it } from 'vitest';
import { stepsOf, wayOut } from '../../../src/layers/way-out.ts';
import { layersOf } from './measured.ts';
import {
  article,
  articleNode,
  articlePod,
  byDefault,
  container,
  corner,
  eth0,
  inspected,
  NODE,
  nic,
  podContainer,
  type Scene,
  scene,
} from './scenes.ts';

/** Of the layer that stands last: the places, and the steps among them. */
function way(given: Scene, name: string): { places: string; steps: string[] } {
  const layers = layersOf(given);
  const layer = layers.find((one) => one.name === name);
  if (layer === undefined) throw new Error(`there is no layer ${name}`);
  const places = wayOut(layer, layers);
  const words = (place: (typeof places)[number]): string => `${place.layer}:${place.interface} ${place.mtu}`;
  return {
    places: places.map(words).join(' ▸ '),
    steps: stepsOf(places).map(({ inner, outer }) => `${words(inner)} > ${words(outer)}`),
  };
}

it('of the article: each interface, and the bridge it is attached to', () => {
  expect(way(article(), 'build')).toEqual({
    places:
      'build:eth0 1500 ▸ default/drone-1:docker0 1500 ▸ default/drone-1:eth0 1450 ▸ node:cni0 1450 ▸ node:ens18 1500',
    steps: ['default/drone-1:docker0 1500 > default/drone-1:eth0 1450'],
  });
  expect(way(article(), 'node')).toEqual({ places: 'node:ens18 1500', steps: [] });
});

it('has no step after the repair, wherever that was made', () => {
  expect(way(article({ docker0: 1450, inner: 1450 }), 'build').steps).toEqual([]);
  // Nothing that is larger reaches the step.
  expect(way(article({ inner: 1450 }), 'build').steps).toEqual([]);
});

it('has a step at the bridge where only that was repaired', () => {
  expect(way(article({ docker0: 1450 }), 'build').steps).toEqual(['build:eth0 1500 > default/drone-1:docker0 1450']);
});

it('has every step, but only those that anything reaches', () => {
  const node = articleNode();
  const wg = nic(9, 'wg0', 1420, 'wireguard');
  const narrower = {
    ...node,
    inspection: inspected([...(node.inspection?.interfaces ?? []), wg], [byDefault(9, null)]),
  };
  const given = scene(
    narrower,
    articlePod(),
    corner(3, { containers: [container('b', 'build')] }, eth0(9000, '172.17.0.2/16', '172.17.0.1', [4, 2])),
  );
  expect(way(given, 'build').steps).toEqual([
    'build:eth0 9000 > default/drone-1:docker0 1500',
    'default/drone-1:docker0 1500 > default/drone-1:eth0 1450',
    'node:cni0 1450 > node:wg0 1420',
  ]);
});

it('shows the port of a bridge that is narrower than both its sides', () => {
  const node = corner(
    1,
    NODE,
    inspected(
      [
        nic(2, 'ens18', 1500),
        nic(3, 'cni0', 1500, 'bridge'),
        nic(4, 'vethx', 1400, 'veth', { master: 3, link: [2, 2] }),
      ],
      [byDefault(2, '192.0.2.1')],
    ),
  );
  const pod = corner(2, { containers: [podContainer('a', 'web')] }, eth0(1500, '10.0.0.2/24', '10.0.0.1', [4, 1]));
  expect(way(scene(node, pod), 'default/web')).toEqual({
    places: 'default/web:eth0 1500 ▸ node:vethx 1400 ▸ node:cni0 1500 ▸ node:ens18 1500',
    steps: ['default/web:eth0 1500 > node:vethx 1400'],
  });
});

it('goes without a bridge over the other end', () => {
  const node = articleNode(nic(9, 'cali0123456789a', 1400, 'veth', { link: [3, 3] }));
  const inside = inspected([nic(3, 'eth0', 1450, 'veth', { link: [9, 1] })], [byDefault(3, '169.254.1.1')]);
  expect(way(scene(node, corner(3, { containers: [podContainer('b', 'web')] }, inside)), 'default/web')).toEqual({
    places: 'default/web:eth0 1450 ▸ node:cali0123456789a 1400 ▸ node:ens18 1500',
    steps: ['default/web:eth0 1450 > node:cali0123456789a 1400'],
  });
});

it('of a macvlan passes the interface below it, and nothing that is routed', () => {
  const on = (lower: number) =>
    inspected([nic(7, 'eth0', 1500, 'other', { link: [lower, 1] })], [byDefault(7, '192.0.2.1')]);
  const node = articleNode(nic(8, 'ens19', 1400));
  const at = (lower: number) => way(scene(node, corner(3, { containers: [container('b', 'lan')] }, on(lower))), 'lan');
  expect(at(2)).toEqual({ places: 'lan:eth0 1500 ▸ node:ens18 1500', steps: [] });
  expect(at(8)).toEqual({ places: 'lan:eth0 1500 ▸ node:ens19 1400', steps: ['lan:eth0 1500 > node:ens19 1400'] });
});

it('of a node names what its interface lies upon where that takes less', () => {
  const vlan = (mtu: number) =>
    scene(
      corner(
        1,
        NODE,
        inspected(
          [nic(2, 'ens18', mtu), nic(3, 'ens18.7', 1500, 'other', { link: [2, 1] })],
          [byDefault(3, '192.0.2.1')],
        ),
      ),
    );
  expect(way(vlan(1500), 'node').places).toBe('node:ens18.7 1500');
  expect(way(vlan(1400), 'node').steps).toEqual(['node:ens18.7 1500 > node:ens18 1400']);
});

it('has a bridge once that is the way out of the node as well', () => {
  const node = corner(
    1,
    NODE,
    inspected(
      [
        nic(2, 'ens18', 1500, 'other', { master: 3 }),
        nic(3, 'br0', 1500, 'bridge'),
        nic(4, 'vethx', 1500, 'veth', { master: 3, link: [2, 2] }),
      ],
      [byDefault(3, '192.0.2.1')],
    ),
  );
  const box = corner(2, { containers: [container('a', 'box')] }, eth0(1500, '192.0.2.5/24', '192.0.2.1', [4, 1]));
  expect(way(scene(node, box), 'box').places).toBe('box:eth0 1500 ▸ node:br0 1500');
});

it('goes on by the parent where nothing says what is attached to what', () => {
  const vpn = corner(
    4,
    { mounts: ['vpn'], oldest: null },
    inspected([nic(2, 'wg0', 1420, 'wireguard')], [byDefault(2, '10.244.0.1')]),
  );
  expect(way(scene(articleNode(), vpn), 'netns vpn').places).toBe('netns vpn:wg0 1420 ▸ node:ens18 1500');
});
