/** What a configuration amounts to, in a few lines. */

import { formatDuration, formatSize } from '../config/quantities.ts';
import { nextTimes } from '../config/watch/cron.ts';
import type { LoadedWatchOptions } from '../config/watch/load.ts';
import type { PeersOptions, Schedule, WatchedTarget, WatchOptions } from '../config/watch/options.ts';
import { endpointText } from '../endpoint.ts';

/** Who has more wants to know how many, and one screen. */
const MOST_TARGETS_SHOWN = 20;
const TIMES_SHOWN = 3;

/** @param now the next times of cron expressions come after it. @returns lines, warnings last. */
export function summaryOf({ options, file, warnings }: LoadedWatchOptions, now: Date): readonly string[] {
  const { targets, concurrency, listen, history, responder, peers, webhooks } = options;
  const shown = targets.slice(0, MOST_TARGETS_SHOWN).map((target) => `  ${targetLine(target, now)}`);
  const more = targets.length - shown.length;
  return [
    `${file ?? 'no file'}: ${targets.length} ${targets.length === 1 ? 'target' : 'targets'}, ${concurrency} at once`,
    ...shown,
    ...(more > 0 ? [`  and ${more} more`] : []),
    `listen     ${endpointText(listen)}, ${options.tokenFile === null ? 'without a token' : `token in ${options.tokenFile}`}`,
    `history    ${historyLine(history)}`,
    `responder  ${responder === null ? 'off' : (responder.listen?.map(endpointText).join(', ') ?? 'on all addresses')}`,
    `peers      ${peers === null ? 'none' : peersLine(peers, now)}`,
    // The rest of a URL is often a secret.
    `notify     ${webhooks.map(({ url }) => new URL(url).origin).join(', ') || 'nobody'}`,
    ...warnings.map((warning) => `warning: ${warning}`),
  ];
}

function targetLine({ target, schedule, jitterMs, gating, run }: WatchedTarget, now: Date): string {
  const expects = run.expectMtu === null ? '' : `, expects ${run.expectMtu}`;
  const gates = gating ? '' : ', not gating';
  return `${target}: ${scheduleWords(schedule, jitterMs, now)}, fails on ${run.failOn}${expects}${gates}`;
}

function scheduleWords(schedule: Schedule, jitterMs: number, now: Date): string {
  const later = jitterMs === 0 ? '' : `, up to ${formatDuration(jitterMs)} later`;
  if (schedule.kind === 'interval') return `every ${formatDuration(schedule.everyMs)}${later}`;
  const { expression, timeZone } = schedule;
  const next = nextTimes(expression, timeZone, now, TIMES_SHOWN).map((time) => `${time.toISOString().slice(0, -5)}Z`);
  return `cron "${expression}"${timeZone === null ? '' : ` in ${timeZone}`} (next ${next.join(', ')})${later}`;
}

function historyLine({ path, keepSuccessesMs, keepFailuresMs, maxSize }: WatchOptions['history']): string {
  const kept = `successes ${formatDuration(keepSuccessesMs)}, failures ${formatDuration(keepFailuresMs)}`;
  return `${path ?? 'in memory, until the process ends'}: ${kept}, ${formatSize(maxSize)} at most`;
}

function peersLine({ source, schedule, jitterMs, fullMesh, perRound }: PeersOptions, now: Date): string {
  const who = source.kind === 'dns' ? `all addresses of ${source.name}` : source.hosts.join(', ');
  return `${who}: ${scheduleWords(schedule, jitterMs, now)}, all of up to ${fullMesh}, else ${perRound} in a round`;
}
