import { describe, expect, it } from 'vitest';
import { complaint, loaded } from './outside.ts';

const MIB = 1024 * 1024;

/** Ten times ten times … the same. */
function laughs(levels: number): string {
  const lines = Array.from({ length: levels }, (_, level) => {
    const inner = level === 0 ? 'lol' : `*a${level - 1}`;
    return `a${level}: &a${level} [${Array.from({ length: 10 }, () => inner).join(', ')}]`;
  });
  return `${lines.join('\n')}\n`;
}

describe('a hostile file', () => {
  it('that stands for more than it is long is refused', async () => {
    expect(await complaint(laughs(9))).toMatch(
      /^UsageError: mtu-probe\.yaml:\d+: .* stands for more than 50000 values/,
    );
  });

  it('of ten megabytes is refused', async () => {
    expect(await complaint(new Uint8Array(10 * MIB).fill(0x61))).toMatch(/mtu-probe\.yaml is larger than 1 MiB/);
  });

  it.each([Uint8Array.of(0xff, 0xfe, 0x61, 0), Uint8Array.of(0x61, 0xc3, 0x28)])(
    'that is no text is refused: %o',
    async (bytes) => {
      expect(await complaint(bytes)).toMatch(/mtu-probe\.yaml is no text in UTF-8/);
    },
  );

  it.each([
    ['[', MIB],
    ['{a: ', MIB / 4],
    ['- ', MIB / 2],
    ['? ', MIB / 2],
  ])('that is nested without end is refused: %j', async (opening, count) => {
    expect(await complaint(opening.repeat(count))).toMatch(/mtu-probe\.yaml:1: this is nested deeper than 16 levels/);
  });

  it('that is nested by its indentation is refused', async () => {
    const lines = Array.from({ length: 1000 }, (_, depth) => `${' '.repeat(depth)}a:`);
    expect(await complaint(lines.join('\n'))).toMatch(/mtu-probe\.yaml:\d+: this is nested deeper than 16 levels/);
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('with the key %s is refused', async (key) => {
    expect(await complaint(`targets: [a]\n${key}: {gentle: true}`)).toMatch(`mtu-probe.yaml:2: unknown key ${key}`);
    expect(await complaint(`targets: [{target: a, ${key}: 1}]`)).toMatch(`unknown key targets[0].${key}`);
    expect(await complaint(`targets: [a]\nhistory: {${key}: 1}`)).toMatch(`unknown key history.${key}`);
    expect(await complaint(`targets: [a]\nnotifications: [{url: "https://x", ${key}: 1}]`)).toMatch(key);
    expect(({} as { gentle?: boolean }).gentle).toBeUndefined();
  });

  it('is shown without what a terminal would obey', async () => {
    for (const yaml of [
      '"\\e[2J": 1',
      'targets: ["\\e[2J"]',
      'interval: "\\u202e5s"',
      '"a\\nb": 1',
      'targets: ["\\u2028"]',
    ]) {
      const message = await complaint(yaml);
      expect(message).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e]/u);
    }
  });

  it('of long words is answered in a short line', async () => {
    expect((await complaint(`${'k'.repeat(1000)}: 1`)).length).toBeLessThan(300);
    expect((await complaint(`tokenFile: ${'k'.repeat(MIB / 2)}`)).length).toBeLessThan(300);
  });

  it('with more targets than anybody watches is refused, and with as many as allowed is taken', async () => {
    const list = (count: number): string =>
      `targets:\n${Array.from({ length: count }, (_, at) => `- t${at}\n`).join('')}`;
    expect((await loaded(list(1000))).options.targets).toHaveLength(1000);
    expect(await complaint(list(1001))).toMatch(/targets has 1001 targets: 1000 are taken at most/);
  });
});
