import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { COMMAND, ended } from './lab.ts';

const LIMIT_MS = 60_000;
const DEMO = [process.execPath, COMMAND, 'demo'];
const NOBODY = ['setpriv', '--reuid', '65534', '--regid', '65534', '--clear-groups'];

/** What it cost differs from run to run; what is to be pasted, by what this machine itself runs in. */
function result(text: string): string {
  return (text.split(/^ {2}measured/m)[0] ?? '').trim();
}

describe('the demo', () => {
  it('finds the black hole, repairs it and finds none', { timeout: LIMIT_MS }, async () => {
    const { exitCode, output } = await ended(DEMO);
    expect(exitCode, output).toBe(0);
    expect(output).toMatch(/black.hole[\s\S]*ip link set eth0 mtu 1450[\s\S]*clear/i);
  });

  it('says what the README shows', { timeout: LIMIT_MS }, async () => {
    const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
    const [, shown = ''] = /<!-- demo output -->\n```\n([\s\S]*?)```/.exec(readme) ?? [];
    expect(result(shown)).toMatch(/^black-hole/);
    const { output } = await ended(DEMO);
    const [said = ''] = /^black-hole[\s\S]*?(?=\nThe repair)/m.exec(output) ?? [];
    expect(result(said)).toBe(result(shown));
  });

  it('works for nobody as well', { timeout: LIMIT_MS }, async () => {
    const { exitCode, output } = await ended(process.geteuid?.() === 0 ? [...NOBODY, ...DEMO] : DEMO);
    expect(exitCode, output).toBe(0);
  });
});
