/** A dozen random networks for real; `scripts/truth` does as many as asked. */

import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { ended } from './lab.ts';

const TRUTH = fileURLToPath(new URL('../../dist/lab/truth.js', import.meta.url));
const IS_ROOT = process.geteuid?.() === 0;

// Random networks have delays, delays need /dev/net/tun, and only root may open that: an ordinary user cannot build them.
// Root always runs this, and so does CI; the simulation holds the same networks against the truth for everybody.
describe.runIf(IS_ROOT)('networks that nobody drew', () => {
  it('are never measured wrong', { timeout: 240_000 }, async () => {
    const { output } = await ended([process.execPath, TRUTH, '--from', '1', '--count', '12']);
    const [, exact] = /^seeds 1 to 12: (\d+) exact, \d+ honest, 0 wrong$/m.exec(output) ?? [];
    // Chance takes one now and then; more than two of twelve are none.
    expect(Number(exact), output).toBeGreaterThanOrEqual(10);
  });
});
