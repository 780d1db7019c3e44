/** Whatever is seen, or claimed by whoever answers: layers form a forest, and a way out ends. */

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { stepsOf, wayOut } from '../../../src/layers/way-out.ts';
import { INTERFACE_KINDS } from '../../../src/surroundings.ts';
import { layersOf } from './measured.ts';
import { byDefault, type Corner, corner, inspected, netns, nic, scene } from './scenes.ts';

const MOST = 8;
const INODE = fc.integer({ min: 1, max: MOST });
const INDEX = fc.integer({ min: 1, max: 5 });
const ADDRESS = fc.constantFrom('10.0.0.1', '10.0.0.2', '10.0.0.3', 'fe80::1');

const NIC = fc
  .record({
    index: INDEX,
    mtu: fc.constantFrom(1400, 1450, 1500, 9000),
    kind: fc.constantFrom(...INTERFACE_KINDS),
    master: fc.option(INDEX),
    link: fc.option(fc.tuple(INDEX, fc.option(INODE))),
    address: fc.option(ADDRESS),
  })
  .map(({ index, mtu, kind, master, link, address }) =>
    nic(index, `if${index}`, mtu, kind, {
      master,
      ...(link === null ? {} : { link }),
      addresses: address === null ? [] : [`${address}/24`],
    }),
  );

const ROUTE = fc
  .record({ index: INDEX, via: fc.option(ADDRESS), family: fc.constantFrom<4 | 6>(4, 6) })
  .map(({ index, via, family }) => byDefault(index, via, { family }));

const CORNER = fc.record({
  interfaces: fc.uniqueArray(NIC, { maxLength: 5, selector: ({ index }) => index }),
  routes: fc.array(ROUTE, { maxLength: 2 }),
  isGone: fc.constantFrom(false, false, false, false, true),
  source: fc.constantFrom<'netlink' | 'proc'>('netlink', 'proc'),
  isOwn: fc.boolean(),
  hasInit: fc.boolean(),
});

const SCENE = fc
  .array(CORNER, { minLength: 1, maxLength: MOST })
  .map((corners) =>
    scene(
      ...corners.map(
        ({ interfaces, routes, isGone, source, isOwn, hasInit }, index): Corner =>
          corner(index + 1, { isOwn, hasInit }, isGone ? null : inspected(interfaces, routes, { source })),
      ),
    ),
  );

it('any set of inspections yields a forest, parents first, and names that are unique', () => {
  let nested = 0;
  fc.assert(
    fc.property(SCENE, (given) => {
      const layers = layersOf(given);
      expect(layers.map((layer) => layer.netns).sort()).toEqual([...given.inspections.keys()].sort());
      expect(new Set(layers.map(({ name }) => name)).size).toBe(layers.length);
      const depths = new Map<string, number | null>();
      for (const { netns: own, parent, depth } of layers) {
        if (parent === null) expect([0, null]).toContain(depth);
        else {
          nested += 1;
          // It stands before its children: a circle would have no first.
          expect(depths.has(parent)).toBe(true);
          const outer = depths.get(parent) ?? null;
          expect(depth).toBe(outer === null ? null : outer + 1);
        }
        depths.set(own, depth);
      }
    }),
    { numRuns: 500 },
  );
  // The networks were not all too strange to be nested.
  expect(nested).toBeGreaterThan(100);
});

it('every way out ends, and passes no interface twice', () => {
  fc.assert(
    fc.property(SCENE, (given) => {
      const layers = layersOf(given);
      for (const layer of layers) {
        const places = wayOut(layer, layers);
        const keys = places.map((place) => `${place.netns} ${place.interface}`);
        expect(new Set(keys).size).toBe(keys.length);
        expect(places[0]?.interface ?? null).toBe(layer.egress);
        for (const { inner, outer } of stepsOf(places)) expect(inner.mtu).toBeGreaterThan(outer.mtu);
      }
    }),
    { numRuns: 500 },
  );
});

it('a circle is cut at the namespace of the machine', () => {
  const ring = (inode: number, next: number, seen = {}) =>
    corner(inode, seen, inspected([nic(2, 'eth0', 1500, 'veth', { link: [2, next] })], [byDefault(2, null)]));
  const layers = layersOf(scene(ring(2, 3), ring(3, 1), ring(1, 2, { hasInit: true })));
  expect(layers.map(({ netns: own, parent, depth }) => [own, parent, depth])).toEqual([
    [netns(1), null, 0],
    [netns(3), netns(1), 1],
    [netns(2), netns(3), 2],
  ]);
});
