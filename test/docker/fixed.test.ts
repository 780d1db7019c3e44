/** What `--mtu=1450` mends, and what it does not. */

import { beforeAll, describe, expect, it } from 'vitest';
import { inner, jobsEnded, probe } from './scene.ts';

const ENGINE = 'fixed-dind';

beforeAll(jobsEnded, 60_000);

describe('under an engine with --mtu=1450', () => {
  it('the default network is clear', async () => {
    expect(await probe(ENGINE)).toMatchObject({ verdict: 'clear', reverse: { pathMtu: 1450, exact: true } });
  });

  it('a network of its own still has 1500, and the remedy names the option that it needs', async () => {
    await inner(ENGINE, ['network', 'create', 'as-it-comes']);
    const path = await probe(ENGINE, '--network', 'as-it-comes');
    expect(path).toMatchObject({
      verdict: 'black-hole',
      reverse: { pathMtu: 1450, exact: true },
      egress: { mtu: 1500 },
    });
    const hole = path.findings.find(({ code }) => code === 'black-hole-reverse');
    expect(hole?.remedies.map(({ snippet }) => snippet).join()).toContain('"com.docker.network.driver.mtu": "1450"');
  });

  it('a network that is made with that option is clear', async () => {
    await inner(ENGINE, ['network', 'create', '--opt', 'com.docker.network.driver.mtu=1450', 'cured']);
    expect(await probe(ENGINE, '--network', 'cured')).toMatchObject({ verdict: 'clear' });
  });
});
