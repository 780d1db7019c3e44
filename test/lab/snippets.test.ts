/** Remedies for programs that this machine has are read by these programs. */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ENVIRONMENTS } from '../../src/contract.ts';
import type { SnippetFormat } from '../../src/diagnosis/remedies/rule.ts';
import { REMEDIES } from '../../src/diagnosis/remedies/table.ts';

/** The smallest and the largest that is common, and the one of the incident. */
const MTUS = [576, 1450, 9000];

function snippets(format: SnippetFormat) {
  const environments = ENVIRONMENTS.filter((environment) => REMEDIES[environment].format === format);
  return environments.flatMap((environment) =>
    MTUS.map((mtu) => ({ environment, mtu, text: REMEDIES[environment].snippet({ mtu, interface: 'eth0' }) })),
  );
}

/** @returns what the program complained of. */
function complaint(input: string, file: string, ...args: readonly string[]): string {
  const { status, stderr } = spawnSync(file, args, { input: `${input}\n`, encoding: 'utf8' });
  return status === 0 ? stderr : `exit code ${status}: ${stderr}`;
}

describe('snippets', () => {
  it.each(snippets('nft'))('nft takes the one of $environment for $mtu', ({ text }) => {
    // It looks at the tables that are there: those of a namespace of its own are none.
    const privileges = process.getuid?.() === 0 ? [] : ['--map-root-user'];
    expect(complaint(text, 'unshare', ...privileges, '--net', 'nft', '--check', '--file', '-')).toBe('');
  });

  it.each(MTUS)('Compose takes its own for %d, and gives the network that MTU', (mtu) => {
    const text = REMEDIES.compose.snippet({ mtu, interface: 'eth0' });
    const folder = mkdtempSync(join(tmpdir(), 'compose-'));
    try {
      writeFileSync(join(folder, 'docker-compose.yml'), `${text}\nservices:\n  app:\n    image: ruby\n`);
      const { status, stdout, stderr } = spawnSync('docker-compose', ['config'], { cwd: folder, encoding: 'utf8' });
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      expect(stdout).toContain(`com.docker.network.driver.mtu: '${mtu}'`);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it.each([...snippets('sh'), ...snippets('env')])('sh takes the one of $environment for $mtu', ({ text }) => {
    expect(complaint(text, 'sh', '-n')).toBe('');
  });
});
