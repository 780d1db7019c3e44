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

/** Where packets are on their way: in a layer, at the interface that they leave it through. */
interface Stand {
  readonly layer: Placed;
  readonly out: LayerInterface;
}

/** Innermost first; empty where no route leads out of the layer. An interface comes once, whatever circles there are. */
export function wayOut(start: Placed, layers: readonly Placed[]): readonly StepEnd[] {
  const byNetns = new Map(layers.map((layer) => [layer.netns, layer]));
  const trail = new Trail();
  const entered = new Set<string>();
  let at = exitOf(start);
  while (at !== null && !entered.has(at.layer.netns)) {
    entered.add(at.layer.netns);
    // It stands there already where it is also what the inner layer is attached to.
    if (!trail.pass(at.layer, at.out) && trail.last?.interface !== at.out.name) break;
    at = beyond(at.layer, lowest(at, trail), byNetns, trail);
  }
  return trail.places;
}

/** The places that were passed. */
class Trail {
  readonly #passed = new Map<string, StepEnd>();

  get places(): readonly StepEnd[] {
    return [...this.#passed.values()];
  }

  get last(): StepEnd | undefined {
    return this.places.at(-1);
  }

  /** @returns whether it was new. */
  pass({ netns, name: layer }: Placed, { name, mtu }: LayerInterface): boolean {
    const key = `${netns} ${name}`;
    if (this.#passed.has(key)) return false;
    this.#passed.set(key, { netns, layer, interface: name, mtu });
    return true;
  }
}

function exitOf(layer: Placed | undefined): Stand | null {
  const out = layer === undefined ? undefined : interfaceOf(layer, layer.egress);
  return layer === undefined || out === undefined ? null : { layer, out };
}

/** Passes what an interface is attached to in another layer. @returns where that one is left; `null` at the end of the way. */
function beyond(layer: Placed, last: LayerInterface, byNetns: ReadonlyMap<string, Placed>, trail: Trail): Stand | null {
  const parent = byNetns.get(layer.parent ?? '');
  const outer = byNetns.get(last.peer?.netns ?? '');
  const peer = outer === undefined ? undefined : interfaceOf(outer, last.peer?.interface ?? null);
  if (outer === undefined || peer === undefined || outer.netns === layer.netns) return exitOf(parent);
  const bridge = interfaceOf(outer, peer.master);
  // A port is narrower than both its sides only by mistake, and then it counts.
  if (bridge !== undefined && peer.mtu < Math.min(last.mtu, bridge.mtu)) trail.pass(outer, peer);
  trail.pass(outer, bridge ?? peer);
  const isSwitch = outer.egress === null && layer.parent !== outer.netns;
  if (isSwitch) return exitOf(parent);
  // What lies upon an interface leaves through it; what is routed leaves through the default route.
  return last.kind === 'veth' ? exitOf(outer) : { layer: outer, out: peer };
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
function lowest({ layer, out }: Stand, trail: Trail): LayerInterface {
  const seen = new Set<string>();
  let at = out;
  while (!seen.has(at.name)) {
    seen.add(at.name);
    const below = beneath(layer, at);
    if (below === undefined) return at;
    if (below.mtu < at.mtu && !ENCAPSULATING.includes(at.kind)) trail.pass(layer, below);
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
