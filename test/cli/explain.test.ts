import { describe, expect, it } from 'vitest';
import { BEHAVIOURS, FINDINGS, VERDICTS } from '../../src/contract.ts';
import { mtuProbe } from './command.ts';

async function explained(...words: readonly string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await mtuProbe('explain', ...words);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
  return stdout;
}

describe('explain', () => {
  it('lists every word of a report', async () => {
    const words = new Set((await explained()).split(/[\s,]+/));
    for (const word of [...VERDICTS, ...BEHAVIOURS, ...FINDINGS]) expect(words).toContain(word);
  });

  it.each([...new Set([...VERDICTS, ...BEHAVIOURS, ...FINDINGS])])('says what %s means', async (word) => {
    const text = await explained(word);
    expect(text).toMatch(new RegExp(`^${word} {2}\\((verdicts|behaviours|findings)\\)$`, 'm'));
    expect(text).not.toMatch(/[`*]|\]\(/);
  });

  it('says every meaning of a word that has several', async () => {
    expect((await explained('clamped')).match(/^clamped {2}\(/gm)).toHaveLength(3);
  });

  it('names what it does not know in one line', async () => {
    const { exitCode, stdout, stderr } = await mtuProbe('explain', 'nonsense');
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(/^mtu-probe: explain nonsense: .*\n$/);
  });
});
