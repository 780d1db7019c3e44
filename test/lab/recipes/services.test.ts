/** The probe beside a job, by the words of each recipe: who asks it ends as the job should, with the report in its log. */

import { describe, expect, it } from 'vitest';
import { type Call, calls } from '../../unit/examples/calls.ts';
import { runStep, type Step } from './step.ts';

const CALLS = calls();

/** The service, and who asks it. */
type Recipe = readonly [service: string, asker: string];

const RECIPES: readonly Recipe[] = [
  ['examples/drone/service.yml', 'examples/drone/service.yml'],
  ['examples/woodpecker/service.yaml', 'examples/woodpecker/service.yaml'],
  ['examples/github/service.yml', 'examples/github/service.yml'],
  ['examples/gitlab/service.yml', 'examples/gitlab/service.yml'],
  ['examples/jenkins/sidecar.Jenkinsfile', 'examples/jenkins/sidecar.Jenkinsfile'],
  ['examples/tekton/sidecar.yaml', 'examples/tekton/sidecar.yaml'],
  ['examples/buildkite/docker-compose.yml', 'examples/buildkite/sidecar.yml'],
  ['examples/watch/docker-compose.yml', 'examples/watch/docker-compose.yml'],
];

function call(file: string, command: string): Call {
  const found = CALLS.find(({ where, words }) => where.startsWith(file) && words[0] === command);
  if (found === undefined) throw new Error(`${file} has no ${command}`);
  return found;
}

function step(scenario: string, [service, asker]: Recipe): Step {
  const { words, env } = call(service, 'watch');
  const script = [
    // The name that the system gives the service.
    'echo 127.0.0.1 mtu-probe >>/etc/hosts',
    `mtu-probe ${quoted(words)} 2>watch.log &`,
    'code=0',
    `mtu-probe ${quoted(call(asker, 'health').words)} || code=$?`,
    'kill $!',
    'wait $! || true',
    'exit $code',
  ];
  return { scenario, shell: ['/bin/sh', '-e'], script: `${script.join('\n')}\n`, env };
}

/** What Tekton fills in; a folder that only the image has. */
function quoted(words: readonly string[]): string {
  const filled = words.map((word) =>
    word.replace('$(params.target)', 'rubygems.org').replace('/var/lib/mtu-probe/', ''),
  );
  return filled.map((word) => `'${word}'`).join(' ');
}

describe('beside a job', () => {
  it.each(RECIPES)('%s: the job ends where downloads hang', (...recipe) =>
    runStep(step('dind', recipe), ({ exitCode, stdout, stderr }) => {
      expect({ exitCode, stdout }, stderr).toEqual({ exitCode: 1, stdout: '' });
      expect(stderr).toMatch(/^mtu-probe: not ready: .*\n\nblack-hole {2}rubygems\.org /s);
    }),
  );

  // By a name, by variables, in the same network.
  it.each(RECIPES.filter(([service]) => /drone|github|tekton/.test(service)))(
    '%s: the job begins after the cure',
    (...recipe) =>
      runStep(step('dind-fixed', recipe), ({ exitCode, stdout, stderr }) => {
        expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 0, stdout: '', stderr: '' });
      }),
  );
});
