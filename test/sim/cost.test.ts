import { describe, expect, it } from 'vitest';
import { measureSimulated } from './network/measure.ts';

const SILENT = [{ mtu: 1400, silent: true }];

describe('cost', () => {
  it('of a clean path is one wave per direction and seven connections: six flows and a control nobody waits for', async () => {
    const { path, waves } = await measureSimulated({});
    expect(waves).toHaveLength(3);
    expect(path.cost.connections).toBe(7);
    expect(path.evidence.filter(({ method }) => method === 'tcp-mss')).toHaveLength(6);
    expect(path.evidence.filter(({ method }) => method === 'tcp-segment')).toHaveLength(6);
  });

  it('of a silent hole both ways is at most four waves per direction', async () => {
    for (const mtu of [1492, 1476, 1450, 1433, 1400, 1337, 1280, 1111, 600]) {
      const links = [{ mtu, silent: true }];
      const { path, waves } = await measureSimulated({ forward: links, reverse: links });
      expect(path).toMatchObject({ forward: { pathMtu: mtu, exact: true }, reverse: { pathMtu: mtu, exact: true } });
      for (const method of ['tcp-mss', 'tcp-segment']) {
        expect(waves.filter((wave) => wave.startsWith(method)).length).toBeLessThanOrEqual(4);
      }
    }
  });

  it('at 50 ms RTT is well under a second and a half for both directions', async () => {
    const clean = await measureSimulated({ rttMs: 50 });
    expect(clean.durationMs).toBeLessThanOrEqual(400);
    const silent = await measureSimulated({ rttMs: 50, forward: SILENT, reverse: SILENT });
    expect(silent.durationMs).toBeLessThanOrEqual(1450);
  });

  it('of an address that answers nothing is at most eight seconds', async () => {
    const { path, durationMs } = await measureSimulated({ server: { port: 'silent' } });
    expect(path.verdict).toBe('unreachable');
    expect(durationMs).toBeLessThanOrEqual(8000);
  });

  it('of a closed port is a round trip', async () => {
    const { durationMs } = await measureSimulated({ server: { port: 'closed' }, rttMs: 50 });
    expect(durationMs).toBeLessThanOrEqual(100);
  });

  it('is bounded by --timeout, and keeps what was proved', async () => {
    const { path, durationMs } = await measureSimulated(
      { rttMs: 300, forward: SILENT, reverse: SILENT },
      { timeoutMs: 1500, gentle: true },
    );
    expect(durationMs).toBeLessThanOrEqual(1600);
    expect(path.findings.map(({ code }) => code)).toContain('timed-out');
  });
});
