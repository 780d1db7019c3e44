/** Layers with reports as they come out of a measurement. */

import type { PathReport, Report } from '../../../src/contract.ts';
import type { Layer, LayersReport } from '../../../src/layers/contract.ts';
import { findingsOf } from '../../../src/layers/findings.ts';
import { layerOf } from '../../../src/layers/placed-layer.ts';
import { treeOf } from '../../../src/layers/tree.ts';
import { BLACK_HOLE, CLAMPED, CLEAR, MASKED, REDUCED, reportOf, UNREACHABLE } from '../report/reports.ts';
import { netns, type Scene } from './scenes.ts';

const PATHS = {
  clear: CLEAR,
  'black-hole': BLACK_HOLE,
  reduced: REDUCED,
  clamped: CLAMPED,
  inconclusive: MASKED,
  unreachable: UNREACHABLE,
  delayed: { ...BLACK_HOLE, verdict: 'delayed' },
} as const;

/**
 * @param interface_ what it left through.
 * @param size what arrives, in both directions.
 */
export function measured(verdict: keyof typeof PATHS, interface_ = 'eth0', size: number | null = null): Report {
  const path: PathReport = PATHS[verdict];
  const egress = {
    ...path.egress,
    interface: interface_,
    mtu: verdict === 'clear' && size !== null ? size : path.egress.mtu,
  };
  const sized = size === null ? {} : { pathMtu: size };
  return reportOf(verdict, [
    { ...path, egress, forward: { ...path.forward, ...sized }, reverse: { ...path.reverse, ...sized } },
  ]);
}

/** @param reports by inode; a phrase says why there is none. */
export function layersOf(
  { sight, inspections }: Scene,
  reports: Readonly<Record<number, Report | string>> = {},
): Layer[] {
  const outcomes = new Map(Object.entries(reports).map(([inode, outcome]) => [netns(Number(inode)), outcome]));
  return treeOf(sight, inspections).map((layer) =>
    layerOf(layer, outcomes.get(layer.netns) ?? layer.notMeasured ?? 'inspect sends nothing'),
  );
}

export function layersReport(layers: readonly Layer[], changes: Partial<LayersReport> = {}): LayersReport {
  return {
    schemaVersion: 1,
    version: '1.2.3',
    startedAt: '2027-01-01T00:00:00.000Z',
    durationMs: 900,
    verdict: 'black-hole',
    targets: ['rubygems.org'],
    layers,
    findings: findingsOf(layers),
    unseen: [],
    ...changes,
  };
}

/** The article's machine, measured. */
export const ARTICLE_REPORTS = {
  1: measured('clear', 'ens18'),
  2: measured('clear', 'eth0', 1450),
  3: measured('black-hole'),
} as const;
