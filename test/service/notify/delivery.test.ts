import { describe, expect, it } from 'vitest';
import { signatureOf } from '../../../src/service/notify/message.ts';
import { nameOf } from '../../../src/service/notify/receiver.ts';
import { change, MadeUpHistory } from '../../unit/service/notify/made-up.ts';
import { notifying, receiver, SECRET, soon } from './loopback.ts';

const to = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1);

describe('a receiver', () => {
  it('is told what changed, with a signature that only the secret makes', async () => {
    const history = new MadeUpHistory();
    const hook = await receiver();
    const { notifier } = notifying([hook.url], history);
    history.add(change('masked'), change());
    notifier.wake();
    await soon(() => expect(notifier.counters()).toEqual({ delivered: 1, failed: 0, givenUp: 0, pending: 0 }));
    const [{ headers, body } = { headers: {}, body: '' }] = hook.deliveries;
    expect(hook.deliveries).toHaveLength(1);
    expect(JSON.parse(body).event).toEqual(history.events[1]);
    const timestamp = Number(headers['x-mtu-probe-timestamp']);
    expect(headers).toMatchObject({
      'user-agent': 'mtu-probe/1.2.3',
      'x-mtu-probe-event': 'verdict-changed',
      'x-mtu-probe-signature': signatureOf(SECRET, timestamp, body),
      'content-length': `${Buffer.byteLength(body)}`,
    });
  });

  it('gets a burst in order, each event once, over one connection', async () => {
    const history = new MadeUpHistory();
    const ports = new Set<number | undefined>();
    const hook = await receiver((response) => {
      ports.add(response.socket?.remotePort);
      response.end('taken');
    });
    const { notifier } = notifying([hook.url], history);
    history.add(...to(1000).map(() => change()));
    notifier.wake();
    await soon(() => expect(notifier.counters().delivered).toBe(1000));
    expect(hook.ids()).toEqual(to(1000));
    expect(ports.size).toBe(1);
  });

  it('gets one event at a time, again until it is taken, and then the next', async () => {
    const history = new MadeUpHistory();
    const hook = await receiver((response, index) => response.writeHead(index < 3 ? 503 : 200).end());
    const { notifier, clock } = notifying([hook.url], history);
    history.add(change(), change());
    notifier.wake();
    await soon(() => expect(notifier.counters()).toEqual({ delivered: 2, failed: 3, givenUp: 0, pending: 0 }));
    expect(hook.ids()).toEqual([1, 1, 1, 1, 2]);
    expect(clock.waits).toEqual([1000, 1000, 1000]);
    // One delivery by its number, but each try has a time of its own.
    expect(new Set(hook.deliveries.map(({ headers }) => headers['x-mtu-probe-delivery'])).size).toBe(2);
    expect(new Set(hook.deliveries.map(({ headers }) => headers['x-mtu-probe-timestamp'])).size).toBe(4);
  });

  it('is waited for longer and longer, and begins anew with the next event', async () => {
    const history = new MadeUpHistory();
    const hook = await receiver((response, index) => response.writeHead([4, 6].includes(index) ? 200 : 500).end());
    const { notifier, clock } = notifying([hook.url], history, { random: 1 });
    history.add(change(), change());
    notifier.wake();
    await soon(() => expect(notifier.counters().delivered).toBe(2));
    expect(clock.waits).toEqual([2000, 4000, 8000, 16_000, 2000]);
  });

  it('that refuses an event does not get it again', async () => {
    const history = new MadeUpHistory();
    const hook = await receiver((response, index) => response.writeHead(index === 0 ? 400 : 200).end());
    const { notifier, lines } = notifying([hook.url], history);
    history.add(change(), change());
    notifier.wake();
    await soon(() => expect(notifier.counters()).toEqual({ delivered: 1, failed: 1, givenUp: 1, pending: 0 }));
    expect(hook.ids()).toEqual([1, 2]);
    expect(lines).toEqual([
      expect.stringMatching(/^127\.0\.0\.1:\d+ did not take a notification: status 400; given up$/),
    ]);
  });

  it('that does not answer holds up neither whoever wakes it nor another receiver', async () => {
    const history = new MadeUpHistory();
    const [slow, quick] = [await receiver(() => undefined), await receiver()];
    const { notifier } = notifying([slow.url, quick.url], history);
    history.add(...to(20).map(() => change()));
    const before = performance.now();
    notifier.wake();
    // It only rings; all reading is for later.
    expect(performance.now() - before).toBeLessThan(50);
    expect(quick.deliveries).toHaveLength(0);
    await soon(() => expect(quick.ids()).toEqual(to(20)));
    expect(history.cursor(nameOf(slow.url))).toBe(0);
  });

  it('goes on at its cursor after a restart', async () => {
    const history = new MadeUpHistory();
    let isUp = true;
    const hook = await receiver((response) => response.writeHead(isUp ? 200 : 503).end());
    const first = notifying([hook.url], history, { patienceMs: 0 });
    history.add(change());
    first.notifier.wake();
    await soon(() => expect(first.notifier.counters().delivered).toBe(1));
    isUp = false;
    history.add(change(), change());
    first.notifier.wake();
    await soon(() => expect(first.notifier.counters()).toMatchObject({ failed: 1, pending: 2 }));
    await first.notifier.close(1000);
    history.add(change());
    isUp = true;
    hook.deliveries.length = 0;
    const second = notifying([hook.url], history);
    await soon(() => expect(second.notifier.counters().delivered).toBe(3));
    expect(hook.ids()).toEqual([2, 3, 4]);
  });

  it('of an address with name and password is asked with both, and the log shows neither', async () => {
    const history = new MadeUpHistory();
    const hook = await receiver((response) => response.writeHead(401).end());
    const { notifier, lines } = notifying([hook.url.replace('//', '//robot:pa55@')], history);
    history.add(change());
    notifier.wake();
    await soon(() => expect(notifier.counters().givenUp).toBe(1));
    expect(hook.deliveries[0]?.headers.authorization).toBe(`Basic ${btoa('robot:pa55')}`);
    expect(lines).toHaveLength(1);
    expect(lines.join()).not.toMatch(/robot|pa55|hook/);
  });

  it('is told how much it missed only in the log', async () => {
    const history = new MadeUpHistory();
    const hook = await receiver();
    history.moveCursor(nameOf(hook.url), 0);
    history.add(change('verdict-changed', '2026-02-01T00:00:00.000Z'), change());
    const { notifier, lines } = notifying([hook.url], history);
    await soon(() => expect(notifier.counters()).toEqual({ delivered: 1, failed: 0, givenUp: 1, pending: 0 }));
    expect(lines).toEqual([expect.stringMatching(/^1 notifications for 127\.0\.0\.1:\d+ skipped: /)]);
  });

  it('hears of everything once the history can be read again', async () => {
    const history = new MadeUpHistory();
    const hook = await receiver();
    const { notifier, clock, lines } = notifying([hook.url], history, { patienceMs: 5000, random: 0.9 });
    history.add(change());
    history.broken = new Error('disk I/O error');
    notifier.wake();
    // Waits of less than 5 s are over at once, the next one lasts until somebody ends it.
    await soon(() => expect(clock.waits.length).toBe(3));
    expect(lines[0]).toMatch(/^notifications for 127\.0\.0\.1:\d+ stand still: disk I\/O error$/);
    history.broken = null;
    await notifier.close(5000);
    expect(hook.ids()).toEqual([1]);
  });
});
