/** What every measurement says, whatever was measured: where, up to which size, and at what cost. */

import type { MeasureOptions } from '../config/options.ts';
import type { Cost } from '../contract.ts';
import type { Measurement, SearchResult } from '../search/measurement.ts';
import type { PathContext } from './context.ts';

export interface Effort {
  readonly searches: readonly (SearchResult | null | undefined)[];
  readonly sent: readonly Pick<Cost, 'packets' | 'bytes'>[];
  readonly connections: number;
}

type Found = 'responder' | 'port' | 'portState' | 'rttMs' | 'hopsLeft' | 'mss' | 'farEnd' | 'forward' | 'reverse';

export function measuredSoFar(
  { path, plan, recorder }: PathContext,
  { directions }: MeasureOptions,
  { searches, sent, connections }: Effort,
): Omit<Measurement, Found | 'refusedEngines' | 'datagramMethod' | 'cut'> {
  return {
    address: path.address,
    family: path.family,
    egress: path.egress,
    routeMtu: path.routeMtu,
    local: path.local,
    proxy: path.proxy ?? null,
    asked: directions,
    ceiling: plan.ceiling,
    reverseCeiling: plan.reverseCeiling,
    floor: plan.floor,
    evidence: recorder.evidence,
    repairs: recorder.repairs,
    cost: {
      packets: sent.reduce((sum, { packets }) => sum + packets, 0),
      connections,
      bytes: sent.reduce((sum, { bytes }) => sum + bytes, 0),
      waves: searches.reduce((sum, search) => sum + (search?.waves ?? 0), 0),
    },
  };
}
