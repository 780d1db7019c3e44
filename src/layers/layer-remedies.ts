/** What to write where, so that the network of a step's inner end takes no more than what is around it. */

import type { Environment, Remedy } from '../contract.ts';
import { CI } from '../diagnosis/remedies/ci.ts';
import { CI_AGENTS } from '../diagnosis/remedies/ci-agents.ts';
import { remedyOrder } from '../diagnosis/remedies/order.ts';
import { remedyAt } from '../diagnosis/remedies/table.ts';
import type { Layer } from './contract.ts';
import { environmentsOfInterface } from './network-signs.ts';
import type { Step } from './way-out.ts';

const IS_CI = new Set<string>([...Object.keys(CI), ...Object.keys(CI_AGENTS)]);

/**
 * @param layer the one whose packets are too large.
 * @param mtu what fits everywhere.
 */
export function layerRemedies(layer: Layer, step: Step, layers: readonly Layer[], mtu: number): readonly Remedy[] {
  const out = layer.interfaces.find(({ name }) => name === layer.egress) ?? null;
  const whereabouts = {
    environments: environmentsOf(layer, step, layers),
    isChosen: false,
    egress: out === null ? null : { name: out.name, mtu: out.mtu, kind: out.kind },
    isForOthers: false,
  };
  const family = layer.report?.paths[0]?.family ?? 4;
  const place = { mtu, interface: layer.egress ?? step.inner.interface, family };
  return remedyOrder(whereabouts).map((environment) => remedyAt(environment, place));
}

/**
 * A CI system comes first, as in a run: its file is the one that can be changed. Then what the interfaces show: that is the
 * network itself, and closer than what was found by looking around.
 */
function environmentsOf({ report, netns }: Layer, step: Step, layers: readonly Layer[]): readonly Environment[] {
  const around = report?.environments ?? [];
  const ends = step.inner.netns === netns ? [step.inner, step.outer] : [step.inner];
  const shown = ends.flatMap((end) => {
    const kind = layers.find((one) => one.netns === end.netns)?.kind ?? 'other';
    return environmentsOfInterface(end.interface, kind === 'pod' || kind === 'container' || kind === 'build');
  });
  return [...new Set([...around.filter((one) => IS_CI.has(one)), ...shown, ...around])];
}
