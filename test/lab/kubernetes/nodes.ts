/** Two nodes of a cluster: networks with a cable between them. */

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';

/** The file of a network namespace. */
export type Network = string;

/** They have the addresses 10.209.0.1 and 10.209.0.2. */
export async function twoNodes(): Promise<readonly [Network, Network]> {
  const [first, second] = [await held(), await held()];
  ip(first, 'link', 'add', 'eth0', 'type', 'veth', 'peer', 'name', 'eth0', 'netns', String(second));
  for (const [index, pid] of [first, second].entries()) {
    ip(pid, 'address', 'add', `10.209.0.${index + 1}/24`, 'dev', 'eth0');
    ip(pid, 'link', 'set', 'eth0', 'up');
  }
  return [networkOf(first), networkOf(second)];
}

/** @returns a process in a network of its own, which ends with the test, and with this process however that ends. */
async function held(): Promise<number> {
  const words = ['--pdeathsig', 'KILL', 'unshare', '--net', 'sh', '-c', 'echo made; exec sleep infinity'];
  const holder = spawn('setpriv', words, { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void holder.kill('SIGKILL'));
  await once(holder.stdout, 'data');
  return holder.pid ?? 0;
}

const networkOf = (pid: number): Network => `/proc/${pid}/ns/net`;

function ip(pid: number, ...words: readonly string[]): void {
  const { status, stderr } = spawnSync('nsenter', [`--net=${networkOf(pid)}`, 'ip', ...words], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`ip ${words.join(' ')}: ${stderr}`);
}

const ASK = `
const [url, token] = process.argv.slice(1);
const answer = await fetch(url, token === undefined ? {} : { headers: { authorization: 'Bearer ' + token } });
console.log(JSON.stringify({ status: answer.status, body: await answer.text() }));
`;

/** A question by HTTP from within a network. Where nothing answers yet, the status is 0. */
export function ask(network: Network, url: string, token?: string): { readonly status: number; readonly body: string } {
  const words = [`--net=${network}`, process.execPath, '--input-type=module', '--eval', ASK, '--', url];
  const { status, stdout } = spawnSync('nsenter', token === undefined ? words : [...words, token], {
    encoding: 'utf8',
  });
  return status === 0 ? JSON.parse(stdout) : { status: 0, body: '' };
}
