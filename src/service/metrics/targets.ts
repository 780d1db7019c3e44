/** Metrics of targets: what they are held to, and what became of the times at which they were due. */

import type { SlotCounts, TargetState } from '../contract.ts';
import type { ServiceView } from '../view.ts';
import { type Series, type ServiceMetric, seconds, secondsSince1970 } from './series.ts';
import { targetInfo } from './target-info.ts';

/** Of slots that have ended. */
const OUTCOMES = ['completed', 'missed', 'cut', 'failed'] as const satisfies readonly (keyof SlotCounts)[];
const UNDER_WAY = ['waiting', 'running'] as const satisfies readonly (keyof SlotCounts)[];

export const TARGET_METRICS: readonly ServiceMetric[] = [
  targetInfo,
  perTarget('mtu_probe_target_gating', '1 when the target decides over readiness.', ({ gating }) => Number(gating)),
  perTarget(
    'mtu_probe_target_measured',
    '1 when the last run measured an address of the target, 0 when none.',
    (target) => (target.lastRunAt === null ? null : Number(target.problem === null)),
  ),
  perTarget('mtu_probe_expected_mtu_bytes', 'Path MTU that the target is held to.', ({ expectMtu }) => expectMtu),
  perTarget('mtu_probe_duration_seconds', 'How long the last run took.', ({ lastDurationMs }) =>
    seconds(lastDurationMs),
  ),
  perTarget(
    'mtu_probe_last_run_timestamp_seconds',
    'When the last run began, in seconds since 1970-01-01 UTC.',
    ({ lastRunAt }) => secondsSince1970(lastRunAt),
  ),
  perTarget('mtu_probe_next_run_timestamp_seconds', 'When the next run is due.', ({ nextAt }) =>
    secondsSince1970(nextAt),
  ),
  {
    name: 'mtu_probe_slots_due_total',
    type: 'counter',
    help: 'Times at which the target was due.',
    series: (view) => view.targets().map(({ target, slots }) => ({ labels: { target }, value: slots.due })),
  },
  {
    name: 'mtu_probe_slots_total',
    type: 'counter',
    help: 'What became of them: measured, missed, cut at the timeout, or failed without any report.',
    series: (view) => perSlot(view, 'outcome', OUTCOMES),
  },
  {
    name: 'mtu_probe_slots_under_way',
    type: 'gauge',
    help: 'Those that wait for their turn, or are being measured.',
    series: (view) => perSlot(view, 'state', UNDER_WAY),
  },
];

function perSlot(view: ServiceView, label: string, fates: readonly (keyof SlotCounts)[]): readonly Series[] {
  return view
    .targets()
    .flatMap(({ target, slots }) => fates.map((fate) => ({ labels: { target, [label]: fate }, value: slots[fate] })));
}

function perTarget(name: string, help: string, value: (target: TargetState) => number | null): ServiceMetric {
  const series = (view: ServiceView): readonly Series[] =>
    view.targets().map((state) => ({ labels: { target: state.target }, value: value(state) }));
  return { name, type: 'gauge', help, series };
}
