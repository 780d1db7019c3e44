import { describe, expect, it } from 'vitest';
import { COMMAND, ended } from './lab.ts';

const LIMIT_MS = 60_000;
const DEMO = [process.execPath, COMMAND, 'demo'];
const NOBODY = ['setpriv', '--reuid', '65534', '--regid', '65534', '--clear-groups'];

describe('the demo', () => {
  it('finds the black hole, repairs it and finds none', { timeout: LIMIT_MS }, async () => {
    const { exitCode, output } = await ended(DEMO);
    expect(exitCode, output).toBe(0);
    expect(output).toMatch(/black.hole[\s\S]*ip link set eth0 mtu 1450[\s\S]*clear/i);
  });

  it('works for nobody as well', { timeout: LIMIT_MS }, async () => {
    const { exitCode, output } = await ended(process.geteuid?.() === 0 ? [...NOBODY, ...DEMO] : DEMO);
    expect(exitCode, output).toBe(0);
  });
});
