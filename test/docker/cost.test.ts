/** What the probe costs as a container; the block is for people, the bounds catch a surprise. */

import { readFileSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import { controlGroups } from './left-overs.ts';
import { containerOf, docker, jobsEnded, MEASURE, scene } from './scene.ts';

const MIB = 1024 ** 2;
const REPETITIONS = 5;
/** In version 1 and version 2 of the control groups. */
const PEAK_FILES = ['memory.max_usage_in_bytes', 'memory.peak'];

beforeAll(jobsEnded, 60_000);

it('the image, a start and a run are small', async () => {
  const size = Number((await docker(['image', 'inspect', '--format', '{{.Size}}', 'mtu-probe'])).stdout);
  const start = await fastest(['run', '--rm', '--network', 'none', 'mtu-probe', '--version']);
  // Beside the engine's own containers: the peak of a group outlives the container in it.
  const group = `/${scene().cgroupParent}/cost`;
  const shared = ['--network', `container:${containerOf('broken-dind')}`];
  const run = await fastest(['run', '--rm', '--cgroup-parent', group, ...shared, 'mtu-probe', ...MEASURE]);
  const peak = peakMemory(scene().cgroupParent, 'cost');
  process.stdout.write(
    [
      '',
      `image         ${(size / MIB).toFixed(0)} MiB`,
      `docker run    ${start.toFixed(0)} ms for --version, ${run.toFixed(0)} ms for a whole run`,
      `peak memory   ${(peak / MIB).toFixed(0)} MiB charged to a run; the program itself is in the file cache`,
      `scene         ${scene().timings.join(', ')}`,
      '',
    ].join('\n'),
  );
  expect(start).toBeLessThan(5_000);
  expect(peak).toBeLessThan(256 * MIB);
});

async function fastest(words: readonly string[]): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let repetition = 0; repetition < REPETITIONS; repetition++) {
    const startedAt = performance.now();
    const { exitCode, stderr } = await docker(words);
    if (exitCode !== 0) throw new Error(`docker ${words.join(' ')}: exit code ${exitCode}\n${stderr}`);
    best = Math.min(best, performance.now() - startedAt);
  }
  return best;
}

function peakMemory(parent: string, group: string): number {
  for (const folder of controlGroups(parent)) {
    for (const file of PEAK_FILES) {
      try {
        return Number(readFileSync(`${folder}/${group}/${file}`, 'utf8'));
      } catch {
        // another hierarchy, or another version
      }
    }
  }
  throw new Error(`no control group ${parent}/${group} tells its peak memory`);
}
