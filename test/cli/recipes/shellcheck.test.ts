/** Every shell part of the recipes, extracted as it stands, is read by shellcheck. */

import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { shellParts } from '../../unit/examples/shell-parts.ts';

/** @returns what it complained of. */
function shellcheck(shell: string, script: string): string {
  const { status, stdout, stderr } = spawnSync('shellcheck', ['--shell', shell, '--format', 'gcc', '-'], {
    input: script,
    encoding: 'utf8',
  });
  return status === 0 ? '' : `${stdout}${stderr}`;
}

it.each(shellParts())('$where', ({ shell, script }) => {
  expect(shellcheck(shell, script)).toBe('');
});

it('it complains of what a shell would take apart', () => {
  expect(shellcheck('sh', 'mtu-probe run --target $TARGET\n')).toContain('SC2086');
});
