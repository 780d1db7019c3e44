/** Questions to a UDP service, and pings beside them. */

import { describe, expect, it } from 'vitest';
import type { FindingCode } from '../../src/contract.ts';
import { silent, told } from './cases.ts';
import { measureSimulated } from './network/measure.ts';
import type { Network } from './network/network.ts';

async function overUdp(network: Network) {
  const { path, learnt } = await measureSimulated(network, { method: 'udp', directions: ['forward'] });
  const { verdict, forward, transport, findings } = path;
  const { pathMtu, exact, behaviour, provedBy } = forward;
  return {
    transport,
    verdict,
    forward: [exact ? pathMtu : `>=${pathMtu}`, behaviour],
    provedBy,
    findings: findings.map(({ code }): FindingCode => code),
    learnt,
  };
}

const UDP = { transport: 'udp', provedBy: ['udp-quic'], learnt: null } as const;

describe.each([4, 6] as const)('a service over UDP, IPv%d', (family) => {
  it('is clear where the ceiling is answered', async () => {
    const found = { ...UDP, verdict: 'clear', forward: [1500, 'clear'], findings: [] };
    expect(await overUdp({ family })).toEqual(found);
  });

  it.each(['icmp-raw', 'icmp-ping'] as const)('is in a black hole where pings end as it does: %s', async (engine) => {
    const found = { ...UDP, verdict: 'black-hole', forward: [1400, 'silent'], findings: ['black-hole-forward'] };
    expect(await overUdp({ family, engine, forward: [silent(1400)] })).toEqual(found);
  });

  it.each([{ echoLimit: 0 }, { echoLimit: 1300 }, { engine: null }])(
    'may be what takes no larger ones, where pings do not end as it does: %o',
    async (network) => {
      const found = { ...UDP, verdict: 'inconclusive', forward: ['>=1400', 'unknown'], findings: ['udp-unanswered'] };
      expect(await overUdp({ family, udpLimit: 1400, ...network })).toEqual(found);
      expect(await overUdp({ family, forward: [silent(1400)], ...network })).toEqual(found);
    },
  );

  it('is told', async () => {
    const found = { ...UDP, verdict: 'reduced', forward: [1400, 'signalled'], findings: ['reduced'] };
    expect(await overUdp({ family, forward: [told(1400)] })).toEqual({ ...found, learnt: family === 4 ? null : 1400 });
  });

  it('may itself be what takes no larger packets', async () => {
    const found = { ...UDP, verdict: 'inconclusive', forward: ['>=1400', 'unknown'], findings: ['udp-unanswered'] };
    expect(await overUdp({ family, udpLimit: 1400 })).toEqual(found);
  });

  it('owes no answer to large packets', async () => {
    const network: Network = { family, interface: 9000, udpLimit: 1500 };
    const found = { ...UDP, verdict: 'inconclusive', forward: ['>=1500', 'unknown'], findings: ['udp-unanswered'] };
    expect(await overUdp(network)).toEqual(found);
    expect(await overUdp({ ...network, echoLimit: 0 })).toEqual(found);
    const hole = await overUdp({ ...network, forward: [silent(1500)] });
    expect(hole).toMatchObject({ verdict: 'black-hole', forward: [1500, 'silent'] });
  });

  it('may not be there', async () => {
    const found = { ...UDP, verdict: 'inconclusive', forward: ['>=null', 'unknown'], provedBy: [] };
    expect(await overUdp({ family, udpLimit: 0 })).toEqual({ ...found, findings: ['no-udp-service'] });
  });

  it('that loses packets by chance is in no black hole in 300 runs', async () => {
    const verdicts = new Set<string>();
    for (let seed = 1; seed <= 300; seed += 1) {
      verdicts.add((await overUdp({ family, rttMs: 20, loss: 0.03, seed })).verdict);
    }
    expect([...verdicts]).toEqual(['clear']);
  });
});
