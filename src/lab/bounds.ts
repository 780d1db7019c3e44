/** What a report may say where somebody on the path decides what a prober gets to see: not one answer, but none wrong. */

import type { Direction, DirectionName, FindingCode, Method, Report, Verdict } from '../contract.ts';

export interface Bounds {
  /** Every verdict that is true of this path; whatever is not known may be `inconclusive` if that is among them. */
  readonly verdicts: readonly Verdict[];
  /** The largest packet that really passes. */
  readonly largest: Readonly<Record<DirectionName, number>>;
  /** Larger packets really vanish untold: the direction is not to be called clear. */
  readonly silent: readonly DirectionName[];
  /** TCP may have been made to send smaller packets than pass: only there is it to be called told or clamped. */
  readonly smaller: readonly DirectionName[];
  /** The whole command, from its start to its end, takes no longer than this. */
  readonly withinMs: number;
}

interface Outcome {
  /** `null` when the command wrote none. */
  readonly report: Report | null;
  readonly wallMs: number;
}

/** What may stand behind `inconclusive`; one of them has to. */
const REASONS: readonly FindingCode[] = [
  'masked',
  'not-exercised',
  'forward-withheld',
  'port-closed',
  'no-reply',
  'undecided',
  'timed-out',
];
const TCP_METHODS: readonly Method[] = ['tcp-mss', 'tcp-segment'];

/** One sentence for everything that is wrong with the report; empty when nothing is. */
export function outOfBounds(bounds: Bounds, { report, wallMs }: Outcome): string[] {
  const late = wallMs > bounds.withinMs;
  const path = report?.paths[0];
  return [
    ...(late ? [`duration: expected at most ${bounds.withinMs} ms, got ${Math.round(wallMs)} ms`] : []),
    ...(path === undefined ? ['report: expected one with a path, got none'] : []),
    ...(path === undefined || bounds.verdicts.includes(path.verdict)
      ? []
      : [`verdict: expected ${bounds.verdicts.join(' or ')}, got ${path.verdict}`]),
    ...(path?.verdict === 'inconclusive' && !path.findings.some(({ code }) => REASONS.includes(code))
      ? ['findings: expected a reason, got none']
      : []),
    ...(path === undefined ? [] : wrongDirections(bounds, path)),
  ];
}

type Measured = Readonly<Record<DirectionName, Direction>>;

/** Silence of echo alone is no claim: its answers are as large, and may have vanished on the way back. */
function wrongDirections({ largest, silent, smaller }: Bounds, path: Measured): string[] {
  return (['forward', 'reverse'] as const).flatMap((name) => {
    const { pathMtu, behaviour, provedBy } = path[name];
    const hidden = silent.includes(name) && behaviour === 'clear';
    const invented =
      !silent.includes(name) &&
      provedBy.some((method) => TCP_METHODS.includes(method)) &&
      (behaviour === 'silent' || behaviour === 'delayed');
    const believed = !smaller.includes(name) && (behaviour === 'signalled' || behaviour === 'clamped');
    return [
      ...(pathMtu !== null && pathMtu > largest[name]
        ? [`${name}.pathMtu: expected at most ${largest[name]}, got ${pathMtu}`]
        : []),
      ...(hidden || invented || believed ? [`${name}.behaviour: got ${behaviour}, which is not so`] : []),
    ];
  });
}
