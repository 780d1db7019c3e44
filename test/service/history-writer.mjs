/**
 * Program: records runs into a history as fast as it can, on the compiled code, until it is killed.
 *
 *   node history-writer.mjs '{"path": "…", "keepSuccessesMs": …, "keepFailuresMs": …, "maxSize": …}'
 *
 * Begins at a line on stdin with the number of its first run. Run n is n ms after 1970, of two paths, every fifth with an
 * event; its number and that of its event, or 0, are a line on stdout, once it is recorded.
 */

import { once } from 'node:events';
import { writeSync } from 'node:fs';
import { openHistory } from '../../dist/service/history/open.js';

/** Often enough to be killed while it forgets. */
const PRUNED_EVERY = 25;
const options = JSON.parse(process.argv[2]);
writeSync(1, 'loaded\n');
const [first] = await once(process.stdin, 'data');
const history = await openHistory(options);
for (let run = Number(first); ; run++) {
  const at = new Date(run).toISOString();
  const paths = ['00000000000000a1', '00000000000000b2'].map((id) => pathOf(id, at, run));
  const news = { kind: 'path-found', at, target: 'one', pathId: null, summary: `${run}`, before: null, after: null };
  const events = run % 5 === 0 ? [news] : [];
  const [event] = history.record({ target: 'one', startedAt: at, durationMs: 1, paths, events });
  writeSync(1, `${run} ${event?.id ?? 0}\n`);
  if (run % PRUNED_EVERY === 0) history.prune(new Date(run));
}

function pathOf(id, at, run) {
  // Every third run turns, so that reports of all kinds are kept.
  const verdict = run % 3 === 0 ? 'reduced' : 'clear';
  const side = { pathMtu: 1500, exact: true, behaviour: 'clear' };
  const report = { verdict, run, padding: 'x'.repeat(12_000) };
  const sides = { forward: side, reverse: side };
  const judgement = { verdict, since: at, at, ...sides, report };
  const seen = { target: 'one', address: '203.0.113.7', family: 4, transport: 'tcp', firstSeenAt: at };
  const last = { at, verdict, masked: false };
  const state = { id, ...seen, judgement, last, maskedSince: null, holdForwardAbove: null };
  const point = { at, verdict, masked: false, ...sides, rttMs: 1, durationMs: 1 };
  return { state, point, failed: verdict !== 'clear', report };
}
