import { describe, expect, it } from 'vitest';
import type { DatagramChannel, DatagramEvent, PathTarget } from '../../../src/measure/channel.ts';
import type { PathContext } from '../../../src/measure/context.ts';
import { DatagramSearch } from '../../../src/measure/datagrams.ts';
import { Limits } from '../../../src/measure/limits.ts';
import { planPath } from '../../../src/measure/plan.ts';
import { Recorder } from '../../../src/measure/recorder.ts';
import { Hints } from '../../../src/measure/searching.ts';
import { simulate } from '../../sim/network/channels.ts';
import { MEASURE_DEFAULTS } from '../../sim/network/measure.ts';
import { VirtualClock } from '../../sim/network/virtual-clock.ts';

/** A channel that hears, after every probe, of a Packet Too Big about somebody's TCP connection. */
class Slandered implements DatagramChannel {
  readonly method = 'icmp-raw';
  readonly traceless = true;
  readonly limitsHops = false;
  readonly smallestSize = 40;
  readonly #inner: DatagramChannel;

  constructor(inner: DatagramChannel) {
    this.#inner = inner;
  }

  send(probe: { readonly id: number; readonly size: number }): void {
    this.#inner.send(probe);
  }

  async receive(until: number): Promise<readonly DatagramEvent[]> {
    const lie: DatagramEvent = {
      kind: 'packet-too-big',
      quoted: { localPort: 40000 },
      from: '198.51.100.1',
      nextHopMtu: 1300,
    };
    return [lie, ...(await this.#inner.receive(until))];
  }

  dropped(): number {
    return 0;
  }

  close(): void {
    this.#inner.close();
  }
}

async function search(wrap: (channel: DatagramChannel) => DatagramChannel) {
  const clock = new VirtualClock();
  const { channels, target } = simulate({ forward: [{ mtu: 1400, silent: true }] }, clock);
  const { channel } = await channels.datagram(target);
  const context = contextOf(target, clock);
  const found = await clock.until(
    new DatagramSearch(context, wrap(channel as DatagramChannel), () => null).run(context.plan.ceiling),
  );
  return found;
}

function contextOf(path: PathTarget, clock: VirtualClock): PathContext {
  return {
    path,
    plan: planPath(path, MEASURE_DEFAULTS),
    clock,
    limits: new Limits(clock, new AbortController().signal, 20_000),
    recorder: new Recorder(clock),
    hints: new Hints(),
    onProgress: null,
  };
}

describe('a search by datagrams', () => {
  it('takes nothing for told that was said of a TCP connection, whoever said it', async () => {
    const quiet = await search((channel) => channel);
    const slandered = await search((channel) => new Slandered(channel));
    expect(quiet).toMatchObject({ pathMtu: 1400, settledBy: 'loss', silence: true, smallestTold: null });
    expect(slandered).toEqual(quiet);
  });
});
