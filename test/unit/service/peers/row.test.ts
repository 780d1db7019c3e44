import { describe, expect, it } from 'vitest';
import type { MeshCell } from '../../../../src/service/contract.ts';
import { rowOf } from '../../../../src/service/peers/row.ts';
import { AT, agent, CLEAR, type Known, LATER, SILENT, state } from './states.ts';

const TCP = '0000000000000001';
const UDP = '0000000000000002';
const UNMEASURED = { verdict: null, at: null, forward: null, reverse: null, pathId: null };

function row(paths: Parameters<typeof rowOf>[0]['paths'], peers = [agent('10.0.0.2'), agent('10.0.0.3')]) {
  return rowOf({ self: '10.0.0.1', version: '1.0.0', rounds: 1, peers, paths });
}

/** The cell of a peer with these two paths. */
function cell(tcp: Known | null, udp: Known | null): MeshCell | undefined {
  return row([state(TCP, '10.0.0.2', 'tcp', tcp), state(UDP, '10.0.0.2', 'udp', udp)]).cells[0];
}

describe('a row', () => {
  it('has a cell for every peer, empty where nothing was measured', () => {
    expect(row([state(TCP, '10.0.0.3', 'tcp', { verdict: 'clear' })])).toEqual({
      agent: '10.0.0.1',
      version: '1.0.0',
      rounds: 1,
      cells: [
        { peer: '10.0.0.2', ...UNMEASURED },
        { peer: '10.0.0.3', verdict: 'clear', at: AT, forward: CLEAR, reverse: CLEAR, pathId: TCP },
      ],
    });
  });

  it('knows nothing of targets that are no peers', () => {
    expect(row([state(TCP, '10.0.0.9', 'tcp', { verdict: 'black-hole' })]).cells).toMatchObject([
      UNMEASURED,
      UNMEASURED,
    ]);
  });
});

describe('of TCP and UDP to one peer', () => {
  it('the worse verdict is shown, whichever it is', () => {
    const silent: Known = { verdict: 'black-hole', reverse: SILENT };
    expect(cell({ verdict: 'clear' }, silent)).toMatchObject({ verdict: 'black-hole', pathId: UDP, reverse: SILENT });
    expect(cell(silent, { verdict: 'reduced' })).toMatchObject({ verdict: 'black-hole', pathId: TCP });
  });

  it('the smaller path MTU is shown where both have the same verdict', () => {
    const small: Known = { verdict: 'black-hole', forward: { ...SILENT, pathMtu: 1300 } };
    const large: Known = { verdict: 'black-hole', reverse: SILENT };
    expect(cell(large, small)).toMatchObject({ pathId: UDP, forward: { pathMtu: 1300 } });
    expect(cell(small, large)).toMatchObject({ pathId: TCP, forward: { pathMtu: 1300 } });
  });

  it('the first is shown where both are the same', () => {
    expect(cell({ verdict: 'clear' }, { verdict: 'clear' })).toMatchObject({ pathId: TCP });
  });

  it('one that every run was hidden from says nothing against the other, and alone is not known', () => {
    expect(cell(null, { verdict: 'clear' })).toMatchObject({ verdict: 'clear', pathId: UDP });
    const hidden = { verdict: 'inconclusive', at: LATER, forward: null, reverse: null, pathId: TCP };
    expect(cell(null, null)).toEqual({ peer: '10.0.0.2', ...hidden });
  });
});
