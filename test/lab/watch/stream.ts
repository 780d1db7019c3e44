/** A reader of the event stream. */

import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { onTestFinished } from 'vitest';
import type { News, ServiceEvent } from '../../../src/service/contract.ts';

export interface Heard {
  /** With when they came. */
  readonly events: (ServiceEvent & { readonly cameAt: number })[];
  readonly runs: (Extract<News, { kind: 'run' }> & { readonly cameAt: number })[];
}

/** @param socket file that leads to the service. Ends with the test. */
export async function listen(
  socket: string,
  authorization: Readonly<Record<string, string>>,
  onNews: (news: News) => void = () => undefined,
): Promise<Heard> {
  const headers = { host: 'localhost', accept: 'text/event-stream', 'last-event-id': '0', ...authorization };
  const sent = request({ socketPath: socket, path: '/api/v1/events', headers, agent: false }).end();
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  if (answer.statusCode !== 200) throw new Error(`the stream of events answers ${answer.statusCode}`);
  // It ends with the service, or here.
  sent.on('error', () => sent.destroy());
  answer.on('error', () => sent.destroy());
  onTestFinished(() => void sent.destroy());
  const heard: Heard = { events: [], runs: [] };
  let text = '';
  answer.setEncoding('utf8').on('data', (piece: string) => {
    const messages = (text + piece).split('\n\n');
    text = messages.pop() ?? '';
    for (const message of messages) {
      const news = newsIn(message);
      if (news === null) continue;
      const cameAt = Date.now();
      if (news.kind === 'event') heard.events.push({ ...news.event, cameAt });
      else heard.runs.push({ ...news, cameAt });
      onNews(news);
    }
  });
  return heard;
}

/** `null` for what only keeps the connection. */
function newsIn(message: string): News | null {
  const data = message
    .split('\n')
    .filter((line) => line.startsWith('data:'))
    .map((line) => line.slice(5))
    .join('\n');
  return data === '' ? null : (JSON.parse(data) as News);
}
