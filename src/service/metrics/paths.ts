/**
 * Metrics of paths, under the names that a report has for the same. What a path amounts to is what the last run said that
 * nothing hid: a masked one changes `mtu_probe_masked`, and no verdict.
 */

import type { PathReport, Report } from '../../contract.ts';
import { JUDGED_METRICS, type Metric, SEEN_METRICS } from '../../report/metrics.ts';
import type { PathState } from '../contract.ts';
import type { ServiceView } from '../view.ts';
import { type Series, type ServiceMetric, secondsSince1970 } from './series.ts';

export const PATH_METRICS: readonly ServiceMetric[] = [
  ...JUDGED_METRICS.map((metric) => ofReports(metric, ({ judgement }) => judgement?.report ?? null)),
  ...SEEN_METRICS.map((metric) => ofReports(metric, lastReport)),
  perPath('mtu_probe_judged_timestamp_seconds', 'When the last run that nothing hid began.', ({ judgement }) =>
    secondsSince1970(judgement?.at ?? null),
  ),
  perPath('mtu_probe_verdict_since_timestamp_seconds', 'Since when verdict and path MTU are what they are.', (path) =>
    secondsSince1970(path.judgement?.since ?? null),
  ),
  perPath('mtu_probe_masked', '1 while this host remembers a smaller path MTU, which hides the path.', ({ last }) =>
    Number(last.masked),
  ),
  perPath('mtu_probe_masked_since_timestamp_seconds', 'Since when the path is hidden.', ({ maskedSince }) =>
    secondsSince1970(maskedSince),
  ),
  perPath(
    'mtu_probe_forward_held_bytes',
    'Nothing larger is sent there until the reverse black hole is gone.',
    ({ holdForwardAbove }) => holdForwardAbove,
  ),
];

type ReportOf = (path: PathState, view: ServiceView) => PathReport | null;

/** The numbers are those of the state, so that they agree with everything else that is told of it. */
function ofReports({ name, help, samples }: Metric, reportOf: ReportOf): ServiceMetric {
  const series = (view: ServiceView): readonly Series[] => {
    const paths = view.paths().flatMap((path) => {
      const report = reportOf(path, view);
      return report === null ? [] : [asKnown(path, report)];
    });
    return samples({ ...EMPTY, paths });
  };
  return { name, type: 'gauge', help, series };
}

function asKnown({ target, address, family, transport, judgement }: PathState, report: PathReport): PathReport {
  const named = { ...report, target, address, family, transport };
  if (judgement === null) return named;
  const { verdict, forward, reverse } = judgement;
  return { ...named, verdict, forward: { ...report.forward, ...forward }, reverse: { ...report.reverse, ...reverse } };
}

/** After a start, what the history has. */
function lastReport({ id, judgement }: PathState, view: ServiceView): PathReport | null {
  return view.lastReport(id) ?? judgement?.report ?? null;
}

function perPath(name: string, help: string, value: (path: PathState) => number | null): ServiceMetric {
  const series = (view: ServiceView): readonly Series[] =>
    view.paths().map((path) => ({ labels: pathLabels(path), value: value(path) }));
  return { name, type: 'gauge', help, series };
}

/** As those of a report. */
function pathLabels({ target, address, family, transport }: PathState): Series['labels'] {
  return { target, address, family: `ipv${family}`, transport };
}

/** Metrics of paths look at nothing else of a report. */
const EMPTY: Report = {
  schemaVersion: 1,
  version: '',
  startedAt: '',
  durationMs: 0,
  verdict: 'inconclusive',
  environments: [],
  paths: [],
  skipped: [],
};
