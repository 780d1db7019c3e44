/**
 * Sense out of what was seen: names, kinds, and who is nested in whom.
 *
 *   seen: namespaces, processes, containers ─▶ kind, name
 *   inspected: interfaces, links, routes ────▶ default route ─▶ far end of its interface ─▶ parent ─▶ depth, order
 */

import { capabilityNames } from './capabilities.ts';
import type { LayerConfiguration, LayerInterface } from './contract.ts';
import { defaultRoute } from './default-route.ts';
import { type FarEnd, farEnds, type Inspected } from './far-ends.ts';
import { containerIdOf, kindOf } from './kind.ts';
import { namesOf } from './names.ts';
import { nest } from './nesting.ts';
import type { PlacedLayer } from './placed-layer.ts';
import type { Inspection, InspectionAnswer, SeenNamespace, Sight } from './seen.ts';
import { wayOf } from './ways.ts';

const NOT_LOOKED_AT = 'it could not be looked at';
const NO_WAY_OUT = 'no route leads out of it';

/**
 * @param inspections by `netns`; one that is missing could not be looked at.
 * @returns outermost first, each before those that are nested in it.
 */
export function treeOf(
  { namespaces, here }: Sight,
  inspections: ReadonlyMap<string, InspectionAnswer>,
): readonly PlacedLayer[] {
  const seen = new Map([...namespaces].sort(byImportance).map((namespace) => [namespace.netns, namespace]));
  const layers = [...seen.values()].map((namespace) => ({
    namespace,
    kind: kindOf(namespace, here),
    container: containerIdOf(namespace),
  }));
  const byNetns = new Map(layers.map((layer) => [layer.namespace.netns, layer]));
  const names = namesOf(layers);
  const inspected = inspectedOf(seen, inspections);
  const farEnd = farEnds(inspected);
  const ways = new Map([...seen.keys()].map((netns) => [netns, wayOf(netns, inspected, farEnd)]));
  const nested = nest(ways, (netns) => byNetns.get(netns)?.kind === 'node');
  return nested.flatMap(({ netns, parent, depth }) => {
    const layer = byNetns.get(netns);
    if (layer === undefined) return [];
    const inspection = inspected.get(netns);
    const out = inspection === undefined ? null : defaultRoute(inspection);
    return {
      netns,
      name: names.get(netns) ?? netns,
      kind: layer.kind,
      container: layer.container,
      pid: layer.namespace.oldest?.pid ?? null,
      depth,
      parent,
      egress: out?.interface.name ?? null,
      interfaces: inspection === undefined ? [] : interfacesOf(netns, inspection, farEnd, out?.via ?? null),
      configuration: inspection === undefined ? null : configurationOf(inspection, layer.namespace),
      notMeasured: reasonOf(inspections.get(netns), out !== null),
      aliases: aliasesOf(layer.namespace),
    };
  });
}

/** The machine's own first, then the caller's; the rest as it was seen. */
function byImportance(a: SeenNamespace, b: SeenNamespace): number {
  return Number(b.hasInit) - Number(a.hasInit) || Number(b.isOwn) - Number(a.isOwn);
}

function inspectedOf(
  seen: ReadonlyMap<string, unknown>,
  inspections: ReadonlyMap<string, InspectionAnswer>,
): Inspected {
  return new Map(
    [...seen.keys()].flatMap((netns) => {
      const answer = inspections.get(netns);
      return answer?.kind === 'inspected' ? [[netns, answer.inspection]] : [];
    }),
  );
}

function reasonOf(answer: InspectionAnswer | undefined, hasWayOut: boolean): string | null {
  if (answer === undefined) return NOT_LOOKED_AT;
  if (answer.kind === 'gone') return answer.reason;
  return hasWayOut ? null : NO_WAY_OUT;
}

function interfacesOf(netns: string, inspection: Inspection, farEnd: FarEnd, via: string | null): LayerInterface[] {
  const out = defaultRoute(inspection)?.interface;
  return inspection.interfaces.map((one) => {
    const there = farEnd({ netns, interface: one }, one === out ? via : null);
    return {
      name: one.name,
      mtu: one.mtu,
      kind: one.kind,
      addresses: one.addresses,
      master: one.master === null ? null : nameAt(inspection, one.master),
      peer: there === null ? null : { netns: there.netns, interface: there.interface.name },
    };
  });
}

function configurationOf(inspection: Inspection, { representative, oldest }: SeenNamespace): LayerConfiguration {
  const mask = (representative ?? oldest)?.capabilities ?? null;
  return {
    routes: inspection.routes.map((route) => ({
      ...route,
      interface: nameAt(inspection, route.interface) ?? `index ${route.interface}`,
    })),
    cachedPathMtus: inspection.cachedPathMtus,
    tcpMtuProbing: inspection.tcpMtuProbing,
    pingGroupRange: inspection.pingGroupRange,
    capabilities: mask === null ? null : capabilityNames(mask),
  };
}

function nameAt({ interfaces }: Inspection, index: number): string | null {
  return interfaces.find((one) => one.index === index)?.name ?? null;
}

function aliasesOf({ containers, mounts }: SeenNamespace): string[] {
  const ofContainers = containers.flatMap(({ id, name, pod, containerOfPod }) => [
    id,
    ...[name, pod?.name, containerOfPod].filter((one) => one !== null && one !== undefined),
  ]);
  return [...new Set([...ofContainers, ...mounts])];
}
