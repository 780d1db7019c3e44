/**
 * The places that packets of a layer pass on the way out, and where what passed one does not fit the next.
 *
 *   inner eth0 1500 ▸ docker0 1500 │ pod eth0 1450 ▸ cni0 1450 │ node ens18 1500
 *                            └──── a step ────┘
 */

import type { Layer, LayerInterface, StepEnd } from './contract.ts';

export type Placed = Pick<Layer, 'netns' | 'name' | 'parent' | 'egress' | 'interfaces'>;

/** The outer place takes less than what gets through the inner one, right before it. */
export interface Step {
  readonly inner: StepEnd;
  readonly outer: StepEnd;
}

/** What carries packets in larger ones of its own: that it lies upon something smaller by that is as it should be. */
const ENCAPSULATING: readonly LayerInterface['kind'][] = ['vxlan', 'wireguard', 'tun'];
/** Ports of a bridge that lead to machines and programs behind it, and not out. */
const INWARD: readonly LayerInterface['kind'][] = ['veth', 'tun'];

/** Innermost first; empty where the layer has no default route. An interface comes once, whatever circles there are. */
export function wayOut(start: Placed, layers: readonly Placed[]): readonly StepEnd[] {
  const byNetns = new Map(layers.map((layer) => [layer.netns, layer]));
  const places: StepEnd[] = [];
  const passed = new Set<string>();
  const pass = (layer: Placed, one: LayerInterface): boolean => {
    const key = `${layer.netns} ${one.name}`;
    if (passed.has(key)) return false;
    passed.add(key);
    places.push({ netns: layer.netns, layer: layer.name, interface: one.name, mtu: one.mtu });
    return true;
  };
  const entered = new Set<string>();
  let layer: Placed | undefined = start;
  let out = interfaceOf(start, start.egress);
  while (layer !== undefined && out !== undefined && !entered.has(layer.netns)) {
    entered.add(layer.netns);
    const isNew = pass(layer, out);
    // It stands there already where it is also what the inner layer is attached to.
    if (!isNew && places.at(-1)?.interface !== out.name) break;
    const last = lowest(layer, out, pass);
    const outer = last.peer === null ? undefined : byNetns.get(last.peer.netns);
    const peer = outer === undefined ? undefined : interfaceOf(outer, last.peer?.interface ?? null);
    if (outer === undefined || peer === undefined || outer.netns === layer.netns) {
      layer = layer.parent === null ? undefined : byNetns.get(layer.parent);
      out = layer === undefined ? undefined : interfaceOf(layer, layer.egress);
      continue;
    }
    const bridge = interfaceOf(outer, peer.master);
    // A port is narrower than both its sides only by mistake, and then it counts.
    if (bridge !== undefined && peer.mtu < Math.min(last.mtu, bridge.mtu)) pass(outer, peer);
    pass(outer, bridge ?? peer);
    const isSwitch = outer.egress === null && layer.parent !== outer.netns;
    const beyond: Placed | undefined = isSwitch ? byNetns.get(layer.parent ?? '') : outer;
    // What lies upon an interface leaves through it; what is routed leaves through the default route.
    out = last.kind === 'veth' || beyond !== outer ? interfaceOf(beyond ?? outer, beyond?.egress ?? null) : peer;
    layer = beyond;
  }
  return places;
}

/** By pairs. What an earlier place lets through is all that reaches a later one. */
export function stepsOf(places: readonly StepEnd[]): readonly Step[] {
  const steps: Step[] = [];
  let largest = Number.POSITIVE_INFINITY;
  for (const [index, outer] of places.entries()) {
    const inner = places[index - 1];
    if (inner !== undefined && largest > outer.mtu) steps.push({ inner, outer });
    largest = Math.min(largest, outer.mtu);
  }
  return steps;
}

/** From an interface down to the one of the same layer that leads out; narrower ones on the way are places as well. */
function lowest(
  layer: Placed,
  out: LayerInterface,
  pass: (layer: Placed, one: LayerInterface) => boolean,
): LayerInterface {
  const seen = new Set<string>();
  let at = out;
  while (!seen.has(at.name)) {
    seen.add(at.name);
    const below = beneath(layer, at);
    if (below === undefined) return at;
    if (below.mtu < at.mtu && !ENCAPSULATING.includes(at.kind)) pass(layer, below);
    at = below;
  }
  return at;
}

function beneath(layer: Placed, { name, kind, peer }: LayerInterface): LayerInterface | undefined {
  if (peer?.netns === layer.netns) {
    const lower = interfaceOf(layer, peer.interface);
    return interfaceOf(layer, lower?.master ?? null) ?? lower;
  }
  if (kind !== 'bridge') return undefined;
  const ports = layer.interfaces.filter(({ master }) => master === name);
  return (
    ports.find((port) => port.peer !== null && port.peer.netns === layer.parent) ??
    ports.find((port) => !INWARD.includes(port.kind))
  );
}

function interfaceOf({ interfaces }: Placed, name: string | null): LayerInterface | undefined {
  return name === null ? undefined : interfaces.find((one) => one.name === name);
}
