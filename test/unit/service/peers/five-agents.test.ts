/** From measured paths over rows to the matrix: five agents, and one behind a smaller path MTU. */

import { describe, expect, it } from 'vitest';
import type { Mesh, MeshRow } from '../../../../src/service/contract.ts';
import type { Agent } from '../../../../src/service/peers/agents.ts';
import { roundsFor } from '../../../../src/service/peers/choose.ts';
import { Discovery } from '../../../../src/service/peers/discover.ts';
import { Gatherer } from '../../../../src/service/peers/gather.ts';
import { Rota } from '../../../../src/service/peers/rota.ts';
import { rowOf } from '../../../../src/service/peers/row.ts';
import { httpPeer, json } from './http-peers.ts';
import { type Known, SILENT, state } from './states.ts';
import { surroundings } from './surroundings.ts';

const AGENTS = ['10.0.0.1', '10.0.0.2', '10.0.0.3', '10.0.0.4', '10.0.0.5'];
const ODD = '10.0.0.4';
const BOUNDS = { fullMesh: 32, perRound: 8 };

/** Large packets to the odd one vanish: its own go out, and what answers them does not come back. */
function truth(from: string, to: string): Known {
  if (to === ODD) return { verdict: 'black-hole', forward: SILENT };
  return from === ODD ? { verdict: 'black-hole', reverse: SILENT } : { verdict: 'clear' };
}

/** What one agent has found out after a round. */
async function rowBy(self: string): Promise<MeshRow> {
  const names = { agents: AGENTS };
  const options = { source: { kind: 'dns', name: 'agents' }, port: 4821, httpPort: 8080, families: [4] } as const;
  const { peers, self: name } = await new Discovery(options, surroundings([self], names)).refresh();
  const chosen = new Rota(name, BOUNDS).next(peers.map((peer) => peer.name));
  const paths = chosen.flatMap((peer) => [
    state(`${self}>${peer}/tcp`, peer, 'tcp', { verdict: 'clear' }),
    state(`${self}>${peer}/udp`, peer, 'udp', truth(self, peer)),
  ]);
  return rowOf({ self: name, version: '1.0.0', rounds: roundsFor(peers.length, BOUNDS), peers, paths });
}

/** As seen by the first agent; the ids of paths are those of the history. */
async function mesh(): Promise<Mesh> {
  const [own, ...others] = await Promise.all(AGENTS.map(rowBy));
  if (own === undefined) throw new Error('there are five');
  const usable = others.map((row) => ({
    ...row,
    cells: row.cells.map((cell) => ({ ...cell, pathId: '0'.repeat(16) })),
  }));
  const peers: Agent[] = await Promise.all(usable.map((row) => httpPeer(row.agent, json(row))));
  return new Gatherer({ token: null, now: () => 0 }).gather(own, peers);
}

describe('five agents, one odd', () => {
  it('have a full matrix after one round', async () => {
    const { rows, silent } = await mesh();
    expect(silent).toEqual([]);
    expect(rows.map(({ agent, rounds, cells }) => [agent, rounds, cells.map(({ peer }) => peer)])).toEqual(
      AGENTS.map((agent) => [agent, 1, AGENTS.filter((peer) => peer !== agent)]),
    );
  });

  it('show its row and its column, and nothing else', async () => {
    const { rows } = await mesh();
    const bad = rows.flatMap(({ agent, cells }) =>
      cells
        .filter(({ verdict }) => verdict !== 'clear')
        .map(({ peer, verdict, forward, reverse }) => [agent, peer, verdict, forward?.pathMtu, reverse?.pathMtu]),
    );
    expect(bad).toEqual([
      ['10.0.0.1', ODD, 'black-hole', 1400, 1500],
      ['10.0.0.2', ODD, 'black-hole', 1400, 1500],
      ['10.0.0.3', ODD, 'black-hole', 1400, 1500],
      [ODD, '10.0.0.1', 'black-hole', 1500, 1400],
      [ODD, '10.0.0.2', 'black-hole', 1500, 1400],
      [ODD, '10.0.0.3', 'black-hole', 1500, 1400],
      [ODD, '10.0.0.5', 'black-hole', 1500, 1400],
      ['10.0.0.5', ODD, 'black-hole', 1400, 1500],
    ]);
  });
});
