import { describe, expect, it } from 'vitest';
import { measureSimulated } from './network/measure.ts';
import type { PortState } from './network/network.ts';

async function measurePorts(https: PortState, http: PortState) {
  const { path, durationMs } = await measureSimulated({ engine: null, server: { ports: { 80: http, 443: https } } });
  return { port: path.port, verdict: path.verdict, durationMs, findings: path.findings.map(({ code }) => code) };
}

describe('a bare host', () => {
  it('is asked on 443', async () => {
    expect(await measurePorts('open', 'open')).toMatchObject({ port: 443, verdict: 'clear' });
  });

  it('is asked on 80 at once when 443 is closed', async () => {
    const { port, verdict, durationMs } = await measurePorts('closed', 'open');
    expect([port, verdict]).toEqual([80, 'clear']);
    expect(durationMs).toBeLessThan(200);
  });

  it('is asked on 80 as well when 443 says nothing', async () => {
    const { port, verdict, durationMs } = await measurePorts('silent', 'open');
    expect([port, verdict]).toEqual([80, 'clear']);
    expect(durationMs).toBeLessThan(1500);
  });

  it('is told apart, both ports closed, from one that says nothing', async () => {
    expect(await measurePorts('closed', 'closed')).toMatchObject({
      verdict: 'inconclusive',
      findings: ['port-closed'],
    });
    expect(await measurePorts('silent', 'silent')).toMatchObject({ verdict: 'unreachable' });
  });
});
