/** Messages of an event stream, as WHATWG HTML §9.2.5 has them. JSON has no line breaks: each is one line of data. */

import type { News, ServiceEvent } from '../contract.ts';

export const HEARTBEAT = ':\n\n';

/** How long a browser waits before it comes back, in ms. */
export function retryText(ms: number): string {
  return `retry: ${ms}\n\n`;
}

export function eventText(event: ServiceEvent): string {
  return `id: ${event.id}\ndata: ${JSON.stringify({ kind: 'event', event } satisfies News)}\n\n`;
}

/** Without an id: who comes back is not told of it again. */
export function runText(run: Extract<News, { kind: 'run' }>): string {
  return `event: run\ndata: ${JSON.stringify(run)}\n\n`;
}
