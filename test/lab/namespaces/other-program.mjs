/**
 * Joins a network namespace and becomes another program there, which says what it finds:
 *
 *   node other-program.mjs PATH WORD...
 */

import { fstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { execute, joinNetwork, openPath } from '../../../dist/net/sys/namespace.js';

const [, self, path, ...words] = process.argv;

if (path === 'inside') {
  const tasks = readdirSync('/proc/self/task');
  const kept = Number(process.env.KEPT);
  const said = {
    isSameProcess: process.env.BEFORE === String(process.pid),
    threads: tasks.length,
    networks: [...new Set(tasks.map((task) => readlinkSync(`/proc/self/task/${task}/ns/net`)))],
    words,
    variables: [process.env.GIVEN, process.env.NOT_GIVEN ?? null],
    kept: `net:[${fstatSync(kept).ino}]`,
    others: readdirSync('/proc/self/fd').filter((fd) => isFile(fd, '/etc/passwd')).length,
    input: readFileSync(0, 'utf8'),
  };
  process.stdout.write(JSON.stringify(said));
} else {
  const network = openPath(path);
  openPath('/etc/passwd');
  const joined = joinNetwork(network);
  if (joined !== 0) throw new Error(`setns: ${joined}`);
  const env = { GIVEN: 'grün', NOT_GIVEN: undefined, KEPT: String(network), BEFORE: String(process.pid) };
  execute(process.execPath, [self, 'inside', ...words], env, [network]);
}

function isFile(fd, file) {
  try {
    return readlinkSync(`/proc/self/fd/${fd}`) === file;
  } catch {
    // The descriptor of the folder that was listed.
    return false;
  }
}
