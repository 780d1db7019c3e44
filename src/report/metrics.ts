/** Every metric, named by the conventions of Prometheus: base units, the unit last. `docs/formats.md` lists them. */

import { BEHAVIOURS, type PathReport, type Report, VERDICTS } from '../contract.ts';
import { DIRECTIONS, isUnmeasured } from './judgement.ts';

type Labels = Readonly<Record<string, string>>;

export interface Sample {
  readonly labels: Labels;
  /** What is not known has no sample. */
  readonly value: number | null;
}

export interface Metric {
  readonly name: string;
  readonly help: string;
  readonly samples: (report: Report) => readonly Sample[];
}

const MS_PER_S = 1000;

/** What a path amounts to. A service tells these of the last run that nothing hid. */
export const JUDGED_METRICS: readonly Metric[] = [
  {
    name: 'mtu_probe_path_mtu_bytes',
    help: 'Largest size of an IP packet that is proved to arrive.',
    samples: perDirection(({ pathMtu }) => pathMtu),
  },
  {
    name: 'mtu_probe_path_mtu_exact',
    help: '1 when the path MTU is exact, 0 when it is a lower bound.',
    samples: perDirection(({ pathMtu, exact }) => (pathMtu === null ? null : Number(exact))),
  },
  {
    name: 'mtu_probe_behaviour',
    help: 'What becomes of larger packets: 1 for the behaviour that applies, 0 for all others.',
    samples: ({ paths }) =>
      paths.flatMap((path) =>
        DIRECTIONS.flatMap((direction) =>
          BEHAVIOURS.map((behaviour) => ({
            labels: { ...pathLabels(path), direction, behaviour },
            value: Number(path[direction].behaviour === behaviour),
          })),
        ),
      ),
  },
  {
    name: 'mtu_probe_verdict',
    help: 'What the path amounts to: 1 for the verdict that applies, 0 for all others.',
    samples: ({ paths }) =>
      paths.flatMap((path) =>
        VERDICTS.map((verdict) => ({
          labels: { ...pathLabels(path), verdict },
          value: Number(path.verdict === verdict),
        })),
      ),
  },
];

/** What a run sees of a path, whatever it amounts to. */
export const SEEN_METRICS: readonly Metric[] = [
  {
    name: 'mtu_probe_interface_mtu_bytes',
    help: 'MTU of the interface through which the path leaves this host.',
    samples: perPath(({ egress }) => egress.mtu),
  },
  {
    name: 'mtu_probe_round_trip_seconds',
    help: 'Round trip time of the first handshake or echo.',
    samples: perPath(({ rttMs }) => (rttMs === null ? null : rttMs / MS_PER_S)),
  },
];

/** All of them are gauges: each run replaces what the one before it said. */
export const METRICS: readonly Metric[] = [
  ...JUDGED_METRICS,
  ...SEEN_METRICS,
  {
    name: 'mtu_probe_target_measured',
    help: '1 when at least one address of the target was measured, 0 when none was.',
    samples: (report) =>
      [...new Set([...report.paths, ...report.skipped].map(({ target }) => target))].map((target) => ({
        labels: { target },
        value: Number(!isUnmeasured(target, report)),
      })),
  },
  {
    name: 'mtu_probe_duration_seconds',
    help: 'How long the last run took.',
    samples: ({ durationMs }) => [{ labels: {}, value: durationMs / MS_PER_S }],
  },
  {
    name: 'mtu_probe_last_run_timestamp_seconds',
    help: 'When the last run began, in seconds since 1970-01-01 UTC.',
    samples: ({ startedAt }) => [{ labels: {}, value: secondsSince1970(startedAt) }],
  },
];

/** A responder is two paths to one address: over TCP and over UDP. */
function pathLabels({ target, address, family, transport }: PathReport): Labels {
  return { target, address, family: `ipv${family}`, transport };
}

function perPath(value: (path: PathReport) => number | null): Metric['samples'] {
  return ({ paths }) => paths.map((path) => ({ labels: pathLabels(path), value: value(path) }));
}

function perDirection(value: (direction: PathReport['forward']) => number | null): Metric['samples'] {
  return ({ paths }) =>
    paths.flatMap((path) =>
      DIRECTIONS.map((direction) => ({ labels: { ...pathLabels(path), direction }, value: value(path[direction]) })),
    );
}

function secondsSince1970(iso: string): number | null {
  // biome-ignore lint/style/noRestrictedGlobals: it reads its argument, not a clock.
  const ms = Date.parse(iso);
  return Number.isNaN(ms) ? null : ms / MS_PER_S;
}
