/** Every file for Compose, as it stands, is read by Compose itself. */

import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { EXAMPLES, ROOT, read } from '../../unit/examples/files.ts';

const FILES = ['docker-compose.yml', ...EXAMPLES.filter((path) => path.endsWith('/docker-compose.yml'))];

/** @returns what it complained of. */
function complaint(path: string, text: string): string {
  const words = ['--project-directory', ROOT, '--file', '-', 'config', '--quiet'];
  const { status, stdout, stderr } = spawnSync('docker-compose', words, { input: text, cwd: ROOT, encoding: 'utf8' });
  return status === 0 ? stderr : `${path}: ${stdout}${stderr}`;
}

it('there are some', () => {
  expect(FILES.length).toBeGreaterThanOrEqual(3);
});

it.each(FILES)('%s', (path) => {
  expect(complaint(path, read(path))).toBe('');
});

/** With its lines that wait for a number taken in. */
it.each(FILES.filter((path) => /^# networks:$/m.test(read(path))))('%s, with the MTU that a report names', (path) => {
  expect(complaint(path, read(path).replace(/^# (networks:\n)# (.+\n)# (.+\n)/m, '$1$2$3'))).toBe('');
});

it('it complains of a key that it does not know', () => {
  expect(complaint('', read('examples/buildkite/docker-compose.yml').replace('network_mode', 'network_mod'))).toContain(
    'network_mod',
  );
});
