/**
 * The shell part of recipes, as it stands in the file, inside the incident and its cure: it fails the job where downloads
 * hang, passes where they do not, reports in the way of its CI system, and names that system's own file first.
 */

import { describe, expect, it } from 'vitest';
import { ROOT, strings } from '../../unit/examples/files.ts';
import { part } from './part.ts';
import { runStep, type Step } from './step.ts';

const JUNIT_FAILED = /^<\?xml [\s\S]*<testsuites name="mtu-probe" tests="\d+" failures="1"/;
const JUNIT_PASSED = /^<\?xml [\s\S]*<testsuites name="mtu-probe" tests="\d+" failures="0"/;

/** The first environment that something is to be pasted for. */
function firstRemedy(text: string): string | undefined {
  return /^ {2}([\w-]+), in /m.exec(text)?.[1];
}

describe('Drone', () => {
  const FILE = 'examples/drone/preflight.yml';

  /** drone-runner-docker: set -e, and each command behind an echo of itself; its image's /bin/sh. */
  function step(name: string, scenario: string): Step {
    const commands = strings(part(FILE, name)['commands']);
    const script = `set -e\n${commands.map((command) => `\necho + '${command.replaceAll("'", "'\\''")}'\n${command}\n`).join('')}`;
    // Drone, Environment reference.
    const env = {
      CI: 'true',
      DRONE: 'true',
      DRONE_STAGE_TYPE: 'docker',
      DRONE_STEP_NAME: name,
      DRONE_WORKSPACE: 'FOLDER',
    };
    return { scenario, shell: ['/bin/sh'], script, env };
  }

  it('mtu fails where downloads hang', () =>
    runStep(step('mtu', 'dind'), ({ exitCode, stdout, stderr, file }) => {
      expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: '' });
      expect(stdout).toMatch(/^\+ mtu-probe run .*\nblack-hole {2}rubygems\.org/);
      expect(firstRemedy(stdout)).toBe('drone');
      expect(file('mtu-probe.xml')).toMatch(JUNIT_FAILED);
    }));

  it('mtu passes after the cure', () =>
    runStep(step('mtu', 'dind-fixed'), ({ exitCode, stdout, file }) => {
      expect({ exitCode, verdict: stdout.split('\n')[1] }).toEqual({
        exitCode: 0,
        verdict: 'clear  rubygems.org (198.51.100.70, port 443)',
      });
      expect(file('mtu-probe.xml')).toMatch(JUNIT_PASSED);
    }));

  it('mtu-inside hands on to the container where it is', () =>
    runStep(step('mtu-inside', 'dind'), ({ exitCode, stdout, file }) => {
      expect(exitCode).toBe(1);
      expect(firstRemedy(stdout)).toBe('drone');
      expect(file('docker.log')).toMatch(/^image mtu-probe:[\d.]+\n$/);
    }));
});

describe('GitLab', () => {
  const FILE = 'examples/gitlab/preflight.yml';

  /** GitLab Runner: before_script and script are one script, which ends at the first failure. */
  function step(name: string, scenario: string, variables: Readonly<Record<string, string>> = {}): Step {
    const job = part(FILE, name);
    const inherited = typeof job['extends'] === 'string' ? part(FILE, job['extends']) : {};
    const lines = [...strings(inherited['before_script']), ...strings(job['script'])];
    // GitLab, Predefined CI/CD variables.
    const env = { CI: 'true', GITLAB_CI: 'true', CI_JOB_NAME: name, CI_PROJECT_DIR: 'FOLDER', ...variables };
    return { scenario, shell: ['/bin/sh', '-e'], script: `${lines.join('\n')}\n`, env };
  }

  it('mtu fails where downloads hang, and its artifact is there', () =>
    runStep(step('mtu', 'dind'), ({ exitCode, stdout, stderr, file }) => {
      expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: '' });
      expect(firstRemedy(stdout)).toBe('gitlab');
      expect(file(artifact('mtu', 'junit'))).toMatch(JUNIT_FAILED);
    }));

  it('mtu-inside tells later jobs the MTU, and may fail with that exit code', () =>
    runStep(step('mtu-inside', 'dind'), ({ exitCode, stdout, file }) => {
      expect(exitCode).toBe(1);
      expect(part(FILE, 'allow_failure')['exit_codes']).toContain(exitCode);
      expect(firstRemedy(stdout)).toBe('gitlab');
      expect(file(artifact('mtu-inside', 'junit'))).toMatch(JUNIT_FAILED);
      expect(file(artifact('mtu-inside', 'dotenv'))).toBe(
        'MTU_PROBE_RESULT=failed\nMTU_PROBE_VERDICT=black-hole\nMTU_PROBE_MTU=1450\n',
      );
    }));

  it('mtu-inside passes after the cure', () =>
    runStep(step('mtu-inside', 'dind-fixed'), ({ exitCode, file }) => {
      expect(exitCode).toBe(0);
      expect(file(artifact('mtu-inside', 'dotenv'))).toBe('MTU_PROBE_RESULT=passed\nMTU_PROBE_VERDICT=clear\n');
    }));

  it.each([
    [{ MTU_PROBE_MTU: '1450' }, 1450],
    [{}, 1500],
  ])('build makes a network for %o', (variables, mtu) =>
    runStep(step('build', 'dind', variables), ({ exitCode, file }) => {
      expect(exitCode).toBe(0);
      expect(file('docker.log')).toBe(
        `network create --opt com.docker.network.driver.mtu=${mtu} narrow\n--network narrow\n--workdir /app\nimage ruby:3.3\n`,
      );
    }),
  );

  function artifact(job: string, report: string): string {
    const { reports } = part(FILE, job)['artifacts'] as { reports: Record<string, string> };
    return reports[report] ?? '';
  }
});

describe('Woodpecker', () => {
  it.each(['mtu', 'mtu-inside'])('%s fails where downloads hang', (name) => {
    const script = strings(part('examples/woodpecker/preflight.yaml', name)['commands']).join('\n');
    // Woodpecker, Environment variables.
    const env = { CI: 'woodpecker', CI_SYSTEM_NAME: 'woodpecker', CI_STEP_NAME: name, CI_WORKSPACE: 'FOLDER' };
    return runStep({ scenario: 'dind', shell: ['/bin/sh', '-e'], script, env }, ({ exitCode, stdout, stderr }) => {
      expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: '' });
      expect(firstRemedy(stdout)).toBe('woodpecker');
    });
  });
});

describe('Tekton', () => {
  it.each([
    ['dind', 1, 'black-hole', '1450'],
    ['dind-fixed', 0, 'clear', ''],
  ])('results in %s', (scenario, code, verdict, mtu) => {
    const { script } = part('examples/tekton/preflight.yaml', 'run');
    const env = { TARGET: 'rubygems.org', VERDICT: 'FOLDER/verdict', MTU: 'FOLDER/mtu' };
    return runStep({ scenario, shell: ['/bin/sh'], script: String(script), env }, ({ exitCode, stderr, file }) => {
      expect({ exitCode, stderr }).toEqual({ exitCode: code, stderr: '' });
      expect([file('verdict'), file('mtu')]).toEqual([verdict, mtu]);
    });
  });
});

describe('Buildkite', () => {
  // As in preflight.yml; what stands for the agent writes down what it is given.
  const command = strings(part('examples/buildkite/preflight.yml', '0')['command']).join();
  const agent = '#!/bin/sh\necho "$*" >FOLDER/agent.log\ncat >FOLDER/annotation.md\n';
  const script = [
    `mkdir .buildkite && cp ${ROOT}examples/buildkite/mtu-probe.sh .buildkite`,
    `printf '%s' "$AGENT" >bin/buildkite-agent && chmod +x bin/buildkite-agent`,
    command,
  ].join('\n');

  it.each([
    ['dind', 1, 'annotate --context mtu --style error\n', '## mtu-probe: black-hole'],
    ['dind-fixed', 0, null, undefined],
  ])('an annotation in %s', (scenario, code, said, heading) => {
    const env = { BUILDKITE: 'true', AGENT: agent };
    return runStep({ scenario, shell: ['/bin/sh', '-e'], script, env }, ({ exitCode, stdout, stderr, file }) => {
      expect({ exitCode, stderr }).toEqual({ exitCode: code, stderr: '' });
      expect(stdout).toMatch(/^## mtu-probe: /);
      expect([file('agent.log'), file('annotation.md')?.split('\n')[0]]).toEqual([said, heading]);
      expect(file('docker.log')).toMatch(/^--network host\nimage mtu-probe:[\d.]+\n$/);
    });
  });
});
