/** `watch` where what it needs of this host is missing. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { expect, it, onTestFinished, vi } from 'vitest';
import { freePort } from '../free-port.ts';
import { COMMAND } from './command.ts';

it('a log on a full disk ends no service', async () => {
  const port = await freePort();
  const full = openSync('/dev/full', 'w');
  onTestFinished(() => closeSync(full));
  const words = [COMMAND, 'watch', '--target', '127.0.0.1:1', '--listen', `127.0.0.1:${port}`];
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'ignore', full] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const exit = once(child, 'exit');
  const metrics = (): Promise<string> => fetch(`http://127.0.0.1:${port}/metrics`).then((answer) => answer.text());
  // By then it has told of its start and of the first path.
  await vi.waitFor(async () => expect(await metrics()).toContain('mtu_probe_verdict{'), 15_000);
  child.kill('SIGTERM');
  expect(await exit).toEqual([0, null]);
});

it('gating peers that cannot be found are not ready', async () => {
  const peers = ['--peers-dns', 'nosuch.invalid', '--peers-gating', '--no-responder', '--listen', '127.0.0.1:0'];
  const child = spawn(process.execPath, [COMMAND, 'watch', '--once-ready', '--ready-within', '1s', ...peers]);
  expect(await once(child, 'exit')).toEqual([3, null]);
});
