/** What the recipes call is there: commands, options, settings, and variables that mtu-probe looks at. */

import { describe, expect, it } from 'vitest';
import { createProgram } from '../../../src/cli/program.ts';
import { parseHealthOptions } from '../../../src/config/health.ts';
import { parseRunOptions } from '../../../src/config/parse.ts';
import { loadWatchOptions } from '../../../src/config/watch/load.ts';
import { readSurroundings } from '../../../src/net/surroundings.ts';
import { outside } from '../config/watch/outside.ts';
import { SILENT } from '../silent-actions.ts';
import { type Call, calls } from './calls.ts';
import { shellParts } from './shell-parts.ts';

const CALLS = calls();

/** @returns which command it is. @throws Error where it would end with a mistake of whoever called it. */
async function accepted({ words, env }: Call): Promise<string> {
  let command = 'none';
  const read = (name: string, parse: (values: unknown) => unknown) => async (values: unknown) => {
    command = name;
    await parse(values);
    return 0;
  };
  const actions = {
    ...SILENT,
    run: read('run', (values) => parseRunOptions(values)),
    health: read('health', (values) => parseHealthOptions(values, env)),
    watch: read('watch', (values) => loadWatchOptions(values, env, outside())),
  };
  await createProgram(actions).parseAsync([...words], { from: 'user' });
  return command;
}

describe('calls of mtu-probe', () => {
  it.each(CALLS)('$where: $words', async (call) => {
    expect(['run', 'health', 'watch']).toContain(await accepted(call));
  });

  it('are in every file that has some', async () => {
    const found: Record<string, string> = {};
    for (const call of CALLS) {
      const [file = ''] = /^[\w./-]+?\.(yaml|yml|sh|Jenkinsfile)/.exec(call.where) ?? [];
      const command = await accepted(call);
      found[file] = file in found ? `${found[file]} ${command}` : command;
    }
    expect(found).toEqual({
      'examples/buildkite/docker-compose.yml': 'watch',
      'examples/buildkite/mtu-probe.sh': 'run',
      'examples/buildkite/sidecar.yml': 'health',
      'examples/docker-in-docker/job.sh': 'run',
      'examples/drone/preflight.yml': 'run run',
      'examples/drone/service.yml': 'health watch',
      'examples/github/service.yml': 'health health watch watch',
      'examples/gitlab/preflight.yml': 'run run',
      'examples/gitlab/service.yml': 'health watch',
      'examples/jenkins/preflight.Jenkinsfile': 'run',
      'examples/jenkins/sidecar.Jenkinsfile': 'health run watch',
      'examples/tekton/preflight.yaml': 'run',
      'examples/tekton/sidecar.yaml': 'run watch health',
      'examples/watch/docker-compose.yml': 'watch health',
      'examples/woodpecker/preflight.yaml': 'run run',
      'examples/woodpecker/service.yaml': 'health watch',
    });
  });

  it('are refused where they are wrong', async () => {
    const wrong = { where: '', env: {} };
    await expect(accepted({ ...wrong, words: ['run', '--target', 'a', '--fail-on', 'never'] })).rejects.toThrow();
    await expect(accepted({ ...wrong, words: ['health', '--wait', 'long'] })).rejects.toThrow();
    await expect(accepted({ ...wrong, words: ['watch'], env: { MTU_PROBE_TARGET: 'a' } })).rejects.toThrow();
  });
});

it('variables that are handed on to a container tell mtu-probe where it is, or of a proxy', () => {
  const names = shellParts().flatMap(({ script }) => [...script.matchAll(/--env (\w+)/g)].map(([, name = '']) => name));
  const proxies = ['https_proxy', 'HTTPS_PROXY', 'no_proxy', 'NO_PROXY'];
  const seen = Object.keys(readSurroundings('/none', Object.fromEntries(names.map((name) => [name, 'x']))).variables);
  expect([...new Set(names)].filter((name) => !seen.includes(name) && !proxies.includes(name)).sort()).toEqual([
    // The file of the summary, which the format "github" adds to.
    'GITHUB_STEP_SUMMARY',
  ]);
  expect(seen.sort()).toEqual([
    'BUILDKITE',
    'CI',
    'CI_SYSTEM_NAME',
    'DRONE',
    'GITHUB_ACTIONS',
    'GITLAB_CI',
    'JENKINS_URL',
  ]);
});
