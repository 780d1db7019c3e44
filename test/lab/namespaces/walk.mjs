/**
 * Walks through all that /run/netns has, the namespace that it is in, and what the words say:
 *
 *   node walk.mjs [stopped|aborted] [NETNS=PATH]...
 *
 * and says how long that took and what each is.
 */

import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import { inspectAll } from '../../../dist/net/inspection/inspect-all.js';

const words = process.argv.slice(2);
const named = readdirSync('/run/netns').map((name) => `/run/netns/${name}`);
const own = { netns: readlinkSync('/proc/self/ns/net'), path: '/proc/self/ns/net' };
const namespaces = [
  ...named.map((path) => ({ netns: `net:[${statSync(path).ino}]`, path })),
  own,
  ...words
    .filter((word) => word.includes('='))
    .map((word) => {
      const [netns, path] = word.split('=');
      return { netns, path };
    }),
];

const controller = new AbortController();
const begun = performance.now();
const limits = words.includes('stopped') ? [{ patienceMs: 300, allMs: 60_000 }] : [];
const walked = inspectAll(namespaces, controller.signal, ...limits);
const walker = Number(readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8'));
if (words.includes('stopped')) process.kill(walker, 'SIGSTOP');
if (words.includes('aborted')) {
  process.kill(walker, 'SIGSTOP');
  controller.abort();
}
const answers = await walked;
const ms = Math.round(performance.now() - begun);
const left = readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8');
process.stdout.write(JSON.stringify({ ms, own: own.netns, left, answers: [...answers] }));
