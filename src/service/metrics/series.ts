/** What a metric is, before it is written. */

import type { ServiceView } from '../view.ts';

export interface Series {
  readonly labels: Readonly<Record<string, string>>;
  /** What is not known has no sample. */
  readonly value: number | null;
}

export interface ServiceMetric {
  /** By the conventions of Prometheus: base units, the unit last, `_total` for counters. */
  readonly name: string;
  readonly type: 'gauge' | 'counter';
  readonly help: string;
  readonly series: (view: ServiceView) => readonly Series[];
}

const MS_PER_S = 1000;

export function seconds(ms: number | null): number | null {
  return ms === null ? null : ms / MS_PER_S;
}

/** @param instant ISO 8601. */
export function secondsSince1970(instant: string | null): number | null {
  return instant === null ? null : Date.parse(instant) / MS_PER_S;
}

export function single(value: number | null): readonly Series[] {
  return [{ labels: {}, value }];
}
