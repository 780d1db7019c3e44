import type { Mesh, MeshRow } from '../../src/service/contract.ts';
import { CLEAR, REDUCED } from '../unit/report/reports.ts';
import { CLEAR_PATH, known, LAST_RUN } from './made-up-paths.ts';

/** One peer was measured, one not yet. */
export const MADE_UP_ROW: MeshRow = {
  agent: '192.0.2.1',
  version: '1.2.3',
  rounds: 2,
  cells: [
    {
      peer: '192.0.2.2',
      verdict: 'reduced',
      at: LAST_RUN,
      forward: known(REDUCED.forward),
      reverse: known(CLEAR.reverse),
      pathId: CLEAR_PATH.id,
    },
    { peer: '192.0.2.3', verdict: null, at: null, forward: null, reverse: null, pathId: null },
  ],
};

export const MADE_UP_MESH: Mesh = {
  rows: [MADE_UP_ROW, { ...MADE_UP_ROW, agent: '192.0.2.2', cells: [] }],
  silent: [{ agent: '192.0.2.3', reason: 'it does not answer (ECONNREFUSED)' }],
};
