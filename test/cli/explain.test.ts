import { describe, expect, it } from 'vitest';
import { BEHAVIOURS, ENVIRONMENTS, FINDINGS, VERDICTS } from '../../src/contract.ts';
import { LAYER_FINDINGS } from '../../src/layers/contract.ts';
import { mtuProbe } from './command.ts';

const WORDS = [...VERDICTS, ...BEHAVIOURS, ...FINDINGS, ...LAYER_FINDINGS];

async function explained(...words: readonly string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await mtuProbe('explain', ...words);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  // Snippets are as long as they have to be.
  expect(stdout.split('\n').filter((line) => line.length > 80 && !line.startsWith('      '))).toEqual([]);
  return stdout;
}

describe('explain', () => {
  it('lists every word of a report', async () => {
    const words = new Set((await explained()).split(/[\s,]+/));
    for (const word of WORDS) expect(words).toContain(word);
  });

  it.each([...new Set(WORDS)])('says what %s means', async (word) => {
    const text = await explained(word);
    expect(text).toMatch(new RegExp(`^${word} {2}\\((verdicts|behaviours|findings( between layers)?)\\)$`, 'm'));
    expect(text).not.toMatch(/[`*]|\]\(/);
  });

  it('says every meaning of a word that has several', async () => {
    expect((await explained('clamped')).match(/^clamped {2}\(/gm)).toHaveLength(3);
  });

  it.each([
    ['mss', 'MSS  (words)\n  the largest payload of a TCP segment, named by each side in its handshake;\n'],
    ['path MTU', 'path MTU  (words)\n  the largest size that passes a whole path in one direction; in a report, the\n'],
    ['tunnel', 'tunnel  (words)\n  a network whose packets travel inside other packets,'],
    ['told', 'told  (words)\n  of a direction: whoever sends too large a packet hears of it'],
  ])('says what the glossary says of %s', async (word, beginning) => {
    expect((await explained(word)).startsWith(beginning)).toBe(true);
  });

  it('says what a number may come from, and that it proves nothing', async () => {
    const text = await explained('1450');
    expect(text).toMatch(/^1450 {2}\(path MTU in bytes\)\n {2}VXLAN over IPv4 .*: 1500 - 50/);
    expect(text).toContain('A number alone proves none of these.');
    expect(await explained('1499')).toContain('Nothing that is known makes a path of this size.');
  });

  it.each(['67', '65536'])('takes %s for no MTU', async (word) => {
    const { exitCode, stderr } = await mtuProbe('explain', word);
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr: `mtu-probe: explain ${word}: an MTU is a number from 68 to 65535\n`,
    });
  });

  it.each(ENVIRONMENTS)('has the snippet for %s', async (word) => {
    const text = await explained(word);
    expect(text).toMatch(/^ {6}\S/m);
    // Who is sent here by a report of 1420 is not to paste 1450.
    expect(text).toContain('1450 and eth0 are examples');
  });

  it('leaves a star that is no emphasis', async () => {
    expect(await explained('github')).toContain('\n  In .github/workflows/*.yml, on a runner that is a machine:\n');
  });

  it('names what it does not know in one line', async () => {
    const { exitCode, stdout, stderr } = await mtuProbe('explain', 'nonsense');
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(/^mtu-probe: explain "nonsense": .*\n$/);
  });
});
