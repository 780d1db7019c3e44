/** The action, and the steps of the workflows around it, in the shell of GitHub: inside the incident and its cure. */

import { describe, expect, it } from 'vitest';
import { isMapping, mappings, ROOT, yaml } from '../../unit/examples/files.ts';
import { part } from './part.ts';
import { runStep, type Step } from './step.ts';

describe('GitHub', () => {
  const FILE = 'examples/github/preflight.yml';

  /** `bash --noprofile --norc -eo pipefail {0}` (GitHub, Workflow syntax: shell), inputs filled in as the runner does. */
  function step(scenario: string, given: Readonly<Record<string, unknown>>): Step {
    const action = yaml('action.yml') as {
      inputs: Record<string, { default?: string }>;
      runs: { steps: { run: string; env: Record<string, string> }[] };
    };
    const [{ run, env } = { run: '', env: {} }] = action.runs.steps;
    const value = (input: string): string => String(given[input] ?? action.inputs[input]?.default ?? '');
    const inputs = Object.entries(env).map(([name, text]) => [
      name,
      text.replace(/^\$\{\{ inputs\.([\w-]+) \}\}$/, (_, input: string) => value(input)),
    ]);
    return {
      scenario,
      shell: ['bash', '--noprofile', '--norc', '-e', '-o', 'pipefail'],
      script: run,
      env: {
        ...(Object.fromEntries(inputs) as Record<string, string>),
        // GitHub, Variables reference.
        CI: 'true',
        GITHUB_ACTIONS: 'true',
        GITHUB_ACTION_PATH: ROOT.replace(/\/$/, ''),
        GITHUB_OUTPUT: 'FOLDER/output',
        GITHUB_STEP_SUMMARY: 'FOLDER/summary.md',
        RUNNER_TEMP: 'FOLDER',
      },
    };
  }

  /** What the workflow hands in. */
  function uses(index: number): Readonly<Record<string, unknown>> {
    const steps = [...mappings(yaml(FILE), '')].flatMap(({ mapping }) =>
      isMapping(mapping['with']) ? [mapping['with']] : [],
    );
    return steps[index] ?? {};
  }

  it.each([
    ['this checkout', { targets: 'rubygems.org' }, null],
    ['the image', uses(1), /^--network bridge\n--user \d+:\d+\nimage mtu-probe:[\d.]+\n$/],
    ['a program of the job', { targets: 'rubygems.org', path: 'mtu-probe' }, null],
  ])('the action with %s fails where downloads hang', (_, given, calls) =>
    runStep(step('dind', given), ({ exitCode, stdout, stderr, file }) => {
      expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: '' });
      expect(stdout).toMatch(/^::error title=mtu-probe%3A black-hole::rubygems\.org \(198\.51\.100\.70, port 443\): /);
      expect(/%0A([\w-]+), in /.exec(stdout)?.[1]).toBe('github');
      expect(file('output')).toBe('verdict=black-hole\nmtu=1450\n');
      expect(file('summary.md')).toMatch(/^## mtu-probe: black-hole\n/);
      if (calls === null) expect(file('docker.log')).toBeNull();
      else expect(file('docker.log')).toMatch(calls);
    }),
  );

  it('the action passes after the cure', () =>
    runStep(step('dind-fixed', uses(1)), ({ exitCode, file }) => {
      expect(exitCode).toBe(0);
      expect(file('output')).toBe('verdict=clear\n');
    }));

  it('one of several targets is enough to fail', () =>
    runStep(step('dind', uses(0)), ({ exitCode, stdout, file }) => {
      expect(exitCode).toBe(1);
      expect(stdout).toContain('::error title=mtu-probe%3A black-hole::rubygems.org');
      expect(stdout).toContain('::warning title=mtu-probe%3A skipped::https://registry-1.docker.io/v2/: ');
      expect(file('output')).toBe('verdict=black-hole\nmtu=1450\n');
    }));

  /** What stands in the workflows as `run:`, with the values that GitHub fills in. */
  function workflowStep(file: string, name: string, env: Readonly<Record<string, string>>): Step {
    const { run } = part(file, name);
    const shell = ['bash', '--noprofile', '--norc', '-e', '-o', 'pipefail'];
    return { scenario: 'dind', shell, script: String(run), env: { CI: 'true', GITHUB_ACTIONS: 'true', ...env } };
  }

  it.each([
    ['1450', 1450],
    // Nothing smaller is needed.
    ['', 1500],
  ])('the step after it makes a network for "%s"', (MTU, mtu) =>
    runStep(workflowStep(FILE, 'test in a network that carries its packets', { MTU }), ({ exitCode, stderr, file }) => {
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
      expect(file('docker.log')).toBe(
        `network create --opt com.docker.network.driver.mtu=${mtu} narrow\n--network narrow\n--workdir /app\nimage ruby:3.3\n`,
      );
    }),
  );

  it.each([
    ['mtu', 'exec 0123abcd mtu-probe health --wait 60s\n'],
    ['test in the network of the service', '--network github_network_1\n--workdir /app\nimage ruby:3.3\n'],
  ])('beside a service, the step "%s" means that service', (name, calls) => {
    const env = { SERVICE: '0123abcd', NETWORK: 'github_network_1' };
    return runStep(workflowStep('examples/github/service.yml', name, env), ({ exitCode, stderr, file }) => {
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
      expect(file('docker.log')).toBe(calls);
    });
  });

  it('an input that wants to be more than a value is a value', () =>
    runStep(step('dind', { targets: '$(touch FOLDER/pwned)`touch FOLDER/pwned`";touch FOLDER/pwned #' }), (end) => {
      expect(end.exitCode).toBe(2);
      expect(end.stderr).toMatch(/^mtu-probe: target "\$\(touch /);
      expect([end.file('pwned'), end.file('output'), end.file('summary.md')]).toEqual([null, null, null]);
    }));
});
