/** What every datagram channel does, whatever stands behind it: a simulated path, pings, a service, a responder. */

import { describe, expect, it } from 'vitest';
import type { Channels, Clock, DatagramChannel, DatagramEvent } from '../../../src/measure/channel.ts';
import { createChannels } from '../../../src/net/channels.ts';
import { createClock } from '../../../src/net/clock.ts';
import { simulate } from '../../sim/network/channels.ts';
import { VirtualClock } from '../../sim/network/virtual-clock.ts';
import { LOOPBACK, responderPort } from './loopback-responder.ts';
import { NO_BINDING, pathTo } from './path.ts';

const WAIT_MS = 2000; // a hundred times what an answer takes on a busy machine

interface Subject {
  readonly channel: DatagramChannel;
  readonly clock: Clock;
  /** Runs on the clock of the channel. */
  readonly run: <Result>(work: Promise<Result>) => Promise<Result>;
}

const portOfResponder = responderPort();

function real(channel: DatagramChannel): Subject {
  return { channel, clock: createClock(), run: (work) => work };
}

function path() {
  const port = portOfResponder();
  return { ...pathTo(LOOPBACK), scheme: 'mtu' as const, ports: [port] };
}

async function toResponder(direction: 'forward' | 'reverse'): Promise<Subject> {
  const opening = await createChannels(NO_BINDING).responder(path(), {
    until: createClock().now() + WAIT_MS,
    isOver: () => false,
  });
  if (opening.kind === 'refused') throw new Error(opening.reason);
  opening[direction === 'forward' ? 'reverse' : 'forward'].close();
  return real(opening[direction]);
}

async function simulated(
  open: (channels: Channels, of: ReturnType<typeof simulate>) => Promise<DatagramChannel | null>,
) {
  const clock = new VirtualClock();
  const world = simulate({ responder: true }, clock);
  const channel = await open(world.channels, world);
  if (channel === null) throw new Error('the simulated path has such a channel');
  return { channel, clock, run: <Result>(work: Promise<Result>) => clock.until(work) };
}

async function simulatedResponder(direction: 'forward' | 'reverse'): Promise<Subject> {
  return simulated(async ({ responder: open }, { target }) => {
    const opening = await open(target, { until: 0, isOver: () => false });
    return opening.kind === 'open' ? opening[direction] : null;
  });
}

const SUBJECTS: readonly (readonly [name: string, open: () => Promise<Subject>])[] = [
  ['simulated pings', () => simulated(async (channels, { target }) => (await channels.datagram(target)).channel)],
  ['simulated UDP to a responder', () => simulatedResponder('forward')],
  ['simulated UDP from a responder', () => simulatedResponder('reverse')],
  [
    'pings',
    async () => {
      const { channel, refused } = await createChannels(NO_BINDING).datagram(pathTo(LOOPBACK));
      if (channel === null) throw new Error(refused.join('; '));
      return real(channel);
    },
  ],
  ['UDP to a responder', () => toResponder('forward')],
  ['UDP from a responder', () => toResponder('reverse')],
];

describe.each(SUBJECTS)('%s', (_, open) => {
  async function answers({ channel, clock, run }: Subject, count: number): Promise<DatagramEvent[]> {
    const events: DatagramEvent[] = [];
    const until = clock.now() + WAIT_MS;
    while (events.length < count && clock.now() < until) events.push(...(await run(channel.receive(until))));
    return events;
  }

  it('answers every probe once, the smallest as well', async () => {
    const subject = await open();
    const { channel } = subject;
    for (const [id, size] of [1400, 600, channel.smallestSize].entries()) channel.send({ id: id + 1, size });
    const events = await answers(subject, 3);
    expect(events.map((event) => event.kind)).toEqual(['reply', 'reply', 'reply']);
    expect(events.map((event) => ('id' in event ? event.id : null)).sort()).toEqual([1, 2, 3]);
    expect(await subject.run(channel.receive(subject.clock.now()))).toEqual([]);
    channel.close();
  });

  it('waits no longer than it is told to', async () => {
    const { channel, clock, run } = await open();
    const start = clock.now();
    expect(await run(channel.receive(start + 30))).toEqual([]);
    expect(clock.now() - start).toBeGreaterThanOrEqual(30);
    expect(clock.now() - start).toBeLessThan(30 + WAIT_MS);
    channel.close();
  });

  it('may be closed twice, and then sends nothing', async () => {
    const { channel, clock, run } = await open();
    channel.close();
    channel.close();
    expect(await run(channel.receive(clock.now()))).toEqual([]);
  });

  it('counts what it drops, and has dropped nothing', async () => {
    const subject = await open();
    subject.channel.send({ id: 1, size: 1000 });
    await answers(subject, 1);
    expect(subject.channel.dropped()).toBe(0);
    subject.channel.close();
  });
});
