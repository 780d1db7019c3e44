import { spawn } from 'node:child_process';
import { readlinkSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { environmentOf } from '../../../../src/net/namespaces/environment-of.ts';

const inode = readlinkSync('/proc/self/ns/net');
const GIVEN = {
  CI: 'true',
  https_proxy: 'http://a=b:3128',
  AWS_SECRET_ACCESS_KEY: 'secret',
  LONG: 'x'.repeat(100_000),
};

describe('the variables of another process', () => {
  it('are those that were asked for', async () => {
    const child = spawn('/bin/sleep', ['600'], { env: GIVEN, stdio: 'ignore' });
    onTestFinished(() => void child.kill('SIGKILL'));
    await new Promise((resolve) => child.on('spawn', resolve));
    const pid = child.pid as number;
    const names = ['CI', 'https_proxy', 'GITLAB_CI'];
    expect(environmentOf(pid, inode, names)).toEqual({ CI: 'true', https_proxy: 'http://a=b:3128' });
    expect(environmentOf(pid, 'net:[1]', names)).toEqual({});
    expect(environmentOf(4_194_304, inode, names)).toEqual({});
  });
});
