import { describe, expect, it } from 'vitest';
import { loadWatchOptions } from '../../../../src/config/watch/load.ts';
import { complaint, outside, refused } from './outside.ts';

/** What is in the file, and the one line that is said of it. */
const ROWS: readonly (readonly [yaml: string, line: number, says: string])[] = [
  ['- a', 1, 'it is a list: begin with keys, as in "targets:"'],
  ['a', 1, 'it is a text: begin with keys, as in "targets:"'],
  ['targets: [a]\nintervall: 5s', 2, 'unknown key intervall (did you mean interval?)'],
  ['targets: [a]\nexpect-mtu: 1400', 2, 'unknown key expect-mtu (did you mean expectMtu?)'],
  ['keepFailures: 3d', 1, 'unknown key keepFailures (did you mean history.keepFailures?)'],
  ['waitRecovery: 3', 1, 'unknown key waitRecovery: see docs/configuration.md'],
  ['history:\n  path: a\n  foo: 3', 3, 'unknown key history.foo: there are path, keepSuccesses, keepFailures, maxSize'],
  ['targets:\n- target: a\n  lables: {}', 3, 'unknown key targets[0].lables (did you mean labels?)'],
  ['targets: [a]\ntargets: [b]', 2, 'targets is there twice, in line 1 as well: leave one out'],
  ['targets:\n- a\n- target: a', 3, 'targets[1] a is there twice, in line 2 as well: leave one out'],
  ['targets:\n- [a]', 2, 'targets[0] is a list: give it one value'],
  ['targets:\n- labels: {}', 2, 'targets[0] names no target: give it one, as in target: rubygems.org'],
  ['targets: [ftp://x]', 1, 'targets[0]: target "ftp://x" has the scheme ftp'],
  ['targets: ["-4"]', 1, 'targets[0] -4 looks like an option: give a name, an address or a URL'],
  ['targets: [a]\ninterval:', 2, 'interval is empty: give it a value, or leave it out'],
  ['targets: [a]\ntokenFile: ~', 2, 'tokenFile is empty: give it a value, or leave it out'],
  ['targets: [a]\ntokenFile: null', 2, 'tokenFile is empty: give it a value, or leave it out'],
  ['targets: [a]\ngating: yes', 2, 'gating yes cannot be used: write true or false'],
  ['targets: [a]\ngating: Off', 2, 'gating Off cannot be used: write true or false'],
  ['targets: [a]\nexpectMtu: 0x5dc', 2, 'expectMtu 0x5dc cannot be used: give a whole number from 68 to 65535'],
  ['targets: [a]\nexpectMtu: 0o2734', 2, 'expectMtu 0o2734 cannot be used: give a whole number from 68 to 65535'],
  ['targets: [a]\nexpectMtu: 1_400', 2, 'expectMtu 1_400 cannot be used: give a whole number from 68 to 65535'],
  ['targets: [a]\nconcurrency: 1e1', 2, 'concurrency 1e1 cannot be used: give a whole number from 1 to 64'],
  [
    'targets: [a]\ninterval: 0.5s',
    2,
    'interval 0.5s cannot be used: give a duration from 1s to 31d, as in 500ms, 5s, 1m, 2h, 7d',
  ],
  [
    'targets: [a]\ntimeout: 2h',
    2,
    'timeout 2h cannot be used: give a duration from 100ms to 1h, as in 500ms, 5s, 1m, 2h, 7d',
  ],
  [
    'targets: [a]\nhistory:\n  maxSize: 1kB',
    3,
    'history.maxSize 1kB cannot be used: give a size from 1MB to 1000GB, as in 256MB or 1GiB',
  ],
  [
    'targets: [a]\nlisten: "::1:80"',
    2,
    'listen ::1:80 cannot be used: give an address with its port, as in 0.0.0.0:9482 or [::]:9482',
  ],
  [
    'method: icmp\nadvertiseMtu: 1400\ntargets: [a]',
    1,
    'method icmp asks the target for nothing large: leave out advertiseMtu, or use method auto',
  ],
  [
    'targets:\n- a\n- target: b\n  minMtu: 1500\n  maxMtu: 1400',
    4,
    'targets[1].minMtu 1500 is above targets[1].maxMtu 1400: swap them, or leave one out',
  ],
  [
    'expectMtu: 15\ntargets: [{target: a, expectMtu: 1400}]',
    1,
    'expectMtu 15 cannot be used: give a whole number from 68 to 65535',
  ],
  ['probe: x', 1, 'probe is a text: give it keys, which are allow'],
  [
    'targets: [a]\nnotifications: ["https://u:p@x"]',
    2,
    'notifications[0] carries a password: leave it out, and sign by secretFile instead',
  ],
  ['targets: [a]\nnotifications: [{secretFile: x}]', 2, 'notifications[0] names no receiver: give it a url'],
  [
    'targets: [a]\nnotifications: [{url: "https://x", secret: x}]',
    2,
    'unknown key notifications[0].secret: there are url, secretFile',
  ],
  [
    'targets: [a]\nnotifications: ["smtp://x"]',
    2,
    'notifications[0] has the scheme smtp: only https and http can be posted to',
  ],
  ['targets: [a]\n---\nb: 2', 2, 'another document begins here: keep everything in one, without ---'],
  ['targets:\n\t- a', 2, 'this is no YAML: a tab stands before a key: indent by spaces'],
  ['targets: !foo [a]', 1, 'targets has the tag !foo: leave it out'],
  ['targets: *x', 1, 'targets is *x, and no &x ends before it: write the value'],
  ['targets: &x [*x]', 1, 'targets[0] is *x, and no &x ends before it: write the value'],
  ['? [a]\n: 1', 1, 'has a key that is no text: write one word'],
  ['targets: [a]\ntokenFile: "a\\u0007b"', 2, 'tokenFile holds a control character or a line break: leave it out'],
];

describe('the file', () => {
  it.each(ROWS)('%j', async (yaml, line, says) => {
    expect(await complaint(yaml)).toBe(`UsageError: mtu-probe.yaml:${line}: ${says}`);
  });

  it.each(['', '\n', '# nothing\n', '---\n', '~', 'null\n'])('is not empty: %j', async (yaml) => {
    expect(await complaint(yaml)).toMatch(/^UsageError: mtu-probe\.yaml(:1)?: (there is nothing in it|it is a text)/);
  });

  it.each(['a: "x', '{targets: [a]', 'a: b: c', '@x', 'a: |2\n x'])('is YAML: %j', async (yaml) => {
    expect(await complaint(yaml)).toMatch(/^UsageError: mtu-probe\.yaml:\d+: this is no YAML: .*: see the example in/);
  });

  it('may begin with a mark of its encoding, and have the line breaks of Windows', async () => {
    const files = outside({ 'mtu-probe.yaml': '\ufefftargets:\r\n  - a\r\ngentle: true\r\n' });
    expect((await loadWatchOptions({}, {}, files)).options.targets[0]?.run.measure.gentle).toBe(true);
  });

  it('may have aliases', async () => {
    const files = outside({
      'mtu-probe.yaml': 'targets:\n- {target: a, labels: &l {team: ci}}\n- {target: b, labels: *l}\n',
    });
    const { options } = await loadWatchOptions({}, {}, files);
    expect(options.targets.map(({ labels }) => labels)).toEqual([{ team: 'ci' }, { team: 'ci' }]);
  });

  it('that is named has to be there', async () => {
    const says = (why: string, by: string): string =>
      `UsageError: ${by} x.yaml cannot be read (${why}): name a file that exists and is yours`;
    expect(await refused(loadWatchOptions({ config: 'x.yaml' }, {}, outside()))).toBe(says('ENOENT', '--config'));
    expect(await refused(loadWatchOptions({}, { MTU_PROBE_CONFIG: 'x.yaml' }, outside()))).toBe(
      says('ENOENT', 'MTU_PROBE_CONFIG'),
    );
    const readFile = async (): Promise<never> => {
      throw Object.assign(new Error('no'), { code: 'EACCES' });
    };
    expect(await refused(loadWatchOptions({ config: 'x.yaml' }, {}, { ...outside(), readFile }))).toBe(
      says('EACCES', '--config'),
    );
  });
});
