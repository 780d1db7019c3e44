/** What the sweep over all namespaces does in each: a measurement in a process of its own. */

import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { BUILD, LIMIT_MS, NO_ADMIN, NODE, onNode } from './inside/on-node.ts';

const MEASURE = fileURLToPath(new URL('inside/measure.mjs', import.meta.url));

describe('a measurement in another namespace, from outside', () => {
  const measure = `${NODE} ${MEASURE}`;
  const words = '--target rubygems.org -4';
  const said = async (...script: readonly string[]) => JSON.parse(await onNode(...script, 'left'));

  it('gives the report of a black hole', { timeout: LIMIT_MS }, async () => {
    expect(await said(`${measure} build '{}' /run/never ${words}`)).toEqual({
      verdict: 'black-hole',
      paths: [expect.objectContaining({ pathMtu: 1450, behaviour: 'silent' })],
      skipped: [],
      isOutside: true,
    });
  });

  it.each([
    ['nothing can be resolved', '/run/never', '{}', '--target nowhere.example', { verdict: 'inconclusive', paths: [] }],
    ['it is interrupted before it begins', '/run', '{}', words, { message: 'it was interrupted' }],
    [
      'it takes too long',
      'never',
      '{"timeMs":3000}',
      `${words} --wait-recovery 60`,
      { message: 'it took longer than 3 s' },
    ],
    [
      'its report is too long',
      '/run/never',
      '{"bytes":100}',
      words,
      { message: 'its report is longer than 100 bytes' },
    ],
    [
      'it is asked for nonsense',
      'never',
      '{}',
      '--target a --port 0',
      { message: '--port 0 cannot be used: give a whole number from 1 to 65535' },
    ],
  ])('says so when %s', { timeout: LIMIT_MS }, async (_, abort, limits, asked, expected) => {
    expect(await said(`${measure} build '${limits}' ${abort} ${asked}`)).toMatchObject({
      ...expected,
      isOutside: true,
    });
  });

  it('gives what was proved until it is interrupted', { timeout: LIMIT_MS }, async () => {
    const found = await said(
      `${measure} build '{}' /run/abort ${words} --advertise-mtu 1500 --wait-recovery 60 & RUN=$!`,
      `until_so '${BUILD} ip route show proto 177 | grep -q advmss'`,
      'touch /run/abort; wait $RUN',
    );
    // How much that is depends on the machine.
    expect(found).toMatchObject({ verdict: expect.stringMatching(/^(black-hole|inconclusive)$/), isOutside: true });
  });

  it('takes the measurement along when SIGKILL ends it', { timeout: LIMIT_MS }, async () => {
    const output = await onNode(
      `${measure} build '{}' /run/never ${words} --advertise-mtu 1500 --wait-recovery 60 & RUN=$!`,
      `until_so '${BUILD} ip route show proto 177 | grep -q advmss'`,
      'kill -KILL $RUN; wait $RUN; left',
    );
    expect(output.replace(/^Killed\n/m, '')).toBe('');
  });

  it('without the right says which', { timeout: LIMIT_MS }, async () => {
    const found = await said(`${NO_ADMIN} ${measure} build '{}' /run/never ${words}`);
    expect(found).toEqual({
      error: 'EnvironmentError',
      message: expect.stringMatching(/^net:\[\d+\] cannot be joined \(EPERM\): /),
      isOutside: true,
    });
  });
});
