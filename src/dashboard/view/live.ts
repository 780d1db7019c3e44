/**
 * News as they come, and a look every few seconds while none can.
 *
 *   connecting ──▶ live ◀──▶ lost: the browser tries again by itself, or we do where it gave up (an error status)
 */

import type { News } from '../../service/contract.ts';

export interface LiveListener {
  readonly onNews: (news: News) => void;
  /** At each change, the first connection included. */
  readonly onLive: (live: boolean) => void;
  /** While there is no stream: time to ask. */
  readonly onPoll: () => void;
}

const POLL_MS = 5000;

/** Never ends: it is the page's. */
export function followNews(listener: LiveListener): void {
  let source = connect();
  let live: boolean | null = null;

  function connect(): EventSource {
    const made = new EventSource('/api/v1/events');
    made.onopen = () => become(true);
    made.onerror = () => become(false);
    made.onmessage = ({ data }) => listener.onNews(JSON.parse(data) as News);
    made.addEventListener('run', ({ data }) => listener.onNews(JSON.parse(data) as News));
    return made;
  }

  function become(now: boolean): void {
    if (live === now) return;
    live = now;
    listener.onLive(now);
  }

  setInterval(() => {
    if (live === true) return;
    if (source.readyState === EventSource.CLOSED) source = connect();
    listener.onPoll();
  }, POLL_MS);
}

/** Runs `act` now, or once the last one and a pause are over: many calls are one, and none overtakes another. */
export function atMostEvery(pauseMs: number, act: () => Promise<void>): () => void {
  let busy = false;
  let again = false;
  async function run(): Promise<void> {
    busy = true;
    again = false;
    try {
      await act();
    } finally {
      setTimeout(() => {
        busy = false;
        if (again) void run();
      }, pauseMs);
    }
  }
  return () => {
    if (busy) again = true;
    else void run();
  };
}
