/** An attacker on the path: whatever is forged, no verdict is wrong, and the command ends in time. */

import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/contract.ts';
import { HOSTILE_SCENARIOS } from '../../src/lab/scenarios/hostile.ts';
import { requireValid } from '../report-schema.ts';
import { COMMAND, lab } from './lab.ts';
import { turns } from './turns.ts';

const turn = turns(2);
const LIMIT_MS = 120_000; // with the wait for a turn
/** The attacker is a process between two TUN devices, which only root may open. */
const IS_ROOT = process.geteuid?.() === 0;
const TIMEOUT_S = 3;
/** The command's own start and end. */
const AROUND_MS = 1000;

const isLate = ({ name }: { readonly name: string }): boolean => name.startsWith('hostile-late-');
const mine = IS_ROOT ? HOSTILE_SCENARIOS : [];

describe.concurrent('with an attacker on the path', () => {
  it.each(mine.filter((scenario) => !isLate(scenario)))('$name: $title', { timeout: LIMIT_MS }, async ({ name }) => {
    const { exitCode, output } = await turn(() => lab('run', name));
    expect(exitCode, output).toBe(0);
  });

  it.each(mine.filter(isLate))(
    `$name: $title, and there are ${TIMEOUT_S} s for it`,
    { timeout: LIMIT_MS },
    async ({ name }) => {
      const { exitCode, output } = await turn(() => lab('run', name, '--', '--timeout', `${TIMEOUT_S}`));
      expect(exitCode, output).toBe(0);
      const wall = [...output.matchAll(/, (\d+) ms in all$/gm)].map(([, ms]) => Number(ms));
      expect(wall, output).toHaveLength(2);
      expect(Math.max(...wall), output).toBeLessThanOrEqual(TIMEOUT_S * 1000 + AROUND_MS);
    },
  );
});

describe('under ten thousand forged packets a second', () => {
  /** A path needs six connections and two raw sockets: a leak of any kind would be seen after a few. */
  const PATHS = 24;
  const DESCRIPTORS = 96;
  const HEAP_MB = 24; // four times what one path leaves alive

  it.each(IS_ROOT ? ['ptb-flood-reverse', 'reply-flood-reverse', 'believed-flood-clean'] : [])(
    'neither descriptors nor memory run out: %s',
    { timeout: LIMIT_MS },
    async (attack) => {
      const targets = Array.from({ length: PATHS }, (_, number) => ['--target', `https://server.lab.test/${number}`]);
      const command = ['run', ...targets.flat(), '-4', '--format', 'json', '--quiet', '--log-level', 'silent'];
      const node = [process.execPath, `--max-old-space-size=${HEAP_MB}`, COMMAND];
      const words = ['prlimit', `--nofile=${DESCRIPTORS}`, ...node, ...command];
      const { output } = await lab('enter', `hostile-${attack}`, '--', ...words);
      const report = JSON.parse(output) as Report;
      requireValid(report);
      const { paths } = report;
      expect(paths).toHaveLength(PATHS);
      const right = attack.endsWith('-reverse') ? ['black-hole'] : ['clear', 'reduced', 'clamped'];
      for (const { verdict, rttMs } of paths) {
        expect([...right, 'inconclusive']).toContain(verdict);
        // Without descriptors no connection comes about.
        expect(rttMs).not.toBeNull();
      }
    },
  );
});
