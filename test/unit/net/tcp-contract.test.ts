/** What every TCP channel does: over a simulated path, and over sockets to a responder. */

import { describe, expect, it } from 'vitest';
import type { Clock, TcpChannel, TcpState } from '../../../src/measure/channel.ts';
import { createChannels } from '../../../src/net/channels.ts';
import { createClock } from '../../../src/net/clock.ts';
import { simulate } from '../../sim/network/channels.ts';
import { VirtualClock } from '../../sim/network/virtual-clock.ts';
import { LOOPBACK, responderPort } from './loopback-responder.ts';
import { NO_BINDING, pathTo } from './path.ts';

const WAIT_MS = 2000; // a hundred times what an answer takes on a busy machine
const MSS = 1200;

const portOfResponder = responderPort();

interface Subject {
  readonly channel: TcpChannel;
  readonly port: number;
  readonly clock: Clock;
  readonly run: <Result>(work: Promise<Result>) => Promise<Result>;
}

function overSockets(): Subject {
  const port = portOfResponder();
  const channel = createChannels(NO_BINDING).tcp({ ...pathTo(LOOPBACK), scheme: 'mtu', ports: [port] });
  return { channel, port, clock: createClock(), run: (work) => work };
}

function simulated(): Subject {
  const clock = new VirtualClock();
  const { channels, target } = simulate({}, clock);
  return { channel: channels.tcp(target), port: 443, clock, run: (work) => clock.until(work) };
}

/** Asks until the connection is as wanted. */
async function until({ channel, clock, run }: Subject, isWanted: (state: TcpState) => boolean): Promise<TcpState> {
  const end = clock.now() + WAIT_MS;
  while (clock.now() < end) {
    const state = (await run(channel.receive(end))).find(isWanted);
    if (state !== undefined) return state;
  }
  throw new Error('not as wanted in time');
}

async function opened(subject: Subject): Promise<TcpState> {
  subject.channel.send({ kind: 'open', id: 1, port: subject.port, mss: MSS, localPort: null });
  return until(subject, ({ phase }) => phase === 'established');
}

describe.each([
  ['over a simulated path', simulated],
  ['over sockets to a responder', overSockets],
])('TCP %s', (_, open) => {
  it('offers the MSS that it is told to', async () => {
    const subject = open();
    const { info, failure } = await opened(subject);
    const timestamps = info?.timestamps === true ? 12 : 0;
    expect([(info?.advMss ?? 0) + timestamps, failure]).toEqual([MSS, null]);
    subject.channel.close();
  });

  it('gets a reply that fills it', async () => {
    const subject = open();
    await opened(subject);
    const exchange = subject.port === 443 ? 'client-hello' : 'responder';
    subject.channel.send({ kind: 'request', id: 1, exchange, replyBytes: 2 * MSS + 80, keepOpen: true });
    const { info } = await until(subject, (state) => (state.info?.bytesReceived ?? 0) > 2 * MSS);
    expect(info?.rcvMss).toBe(info?.advMss);
    subject.channel.close();
  });

  it('has acknowledged what it writes', async () => {
    const subject = open();
    await opened(subject);
    subject.channel.send({ kind: 'write', id: 1, bytes: 500, tls: true });
    const { info } = await until(subject, (state) => (state.info?.bytesAcked ?? 0) >= 500);
    expect(info?.unackedSegments).toBe(0);
    subject.channel.close();
  });

  it('may be closed twice, and then says nothing', async () => {
    const subject = open();
    await opened(subject);
    subject.channel.send({ kind: 'close', id: 1, abort: true });
    subject.channel.send({ kind: 'close', id: 1, abort: true });
    subject.channel.close();
    expect(await subject.run(subject.channel.receive(subject.clock.now() + 30))).toEqual([]);
  });
});
