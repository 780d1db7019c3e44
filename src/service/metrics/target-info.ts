/** The configured labels of targets, to be joined: `… * on (target) group_left (team) mtu_probe_target_info`. */

import type { TargetState } from '../contract.ts';
import type { ServiceMetric } from './series.ts';

export const targetInfo: ServiceMetric = {
  name: 'mtu_probe_target_info',
  type: 'gauge',
  help: 'Always 1, with the configured labels of the target.',
  series: (view) => view.targets().map((state) => ({ labels: labelsOf(state), value: 1 })),
};

function labelsOf({ target, labels }: TargetState): Readonly<Record<string, string>> {
  const named = Object.entries(labels).map(([name, value]) => [labelName(name), value] as const);
  return { target, ...Object.fromEntries(named) };
}

/** Prometheus' data model: letters, digits and underscores; two in front are its own, and `target` is ours. */
function labelName(configured: string): string {
  const name = configured.replace(/[^a-zA-Z0-9_]/g, '_');
  return /^(__|\d|target$|$)/.test(name) ? `label_${name}` : name;
}
