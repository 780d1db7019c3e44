/** The doors to the real network: which engine a process may use, tried from the best to the least. */

import type { ResolveOptions } from '../config/options.ts';
import type { Channels, DatagramChannel, PathTarget } from '../measure/channel.ts';
import type { Log } from '../measure/log.ts';
import { macWith } from '../secret.ts';
import { createClock } from './clock.ts';
import { askFarEnd } from './far-end.ts';
import { openResponder } from './open-responder.ts';
import { openPingSocketChannel } from './ping-socket-channel.ts';
import { openRawIcmpChannel } from './raw-icmp-channel.ts';
import { responderRequests } from './responder-requests.ts';
import { openSystemPingChannel } from './system-ping-channel.ts';
import { createTcpChannel } from './tcp-channel.ts';
import { openUdpRawChannel } from './udp-raw-channel.ts';
import { openUdpServiceChannel } from './udp-service-channel.ts';

export interface ChannelsDeps {
  /** Told once what is missing of this installation, where it matters. */
  readonly log?: Log | null;
  /** What responders know their own probers by. */
  readonly secret?: Uint8Array | null;
}

/**
 * @param options the interface and source address that all sockets are bound to.
 */
export function createChannels(options: ResolveOptions, { log = null, secret = null }: ChannelsDeps = {}): Channels {
  const clock = createClock();
  const mac = secret === null ? null : macWith(secret);
  const portsOfPaths = new WeakMap<PathTarget, Set<number>>();
  const localPorts = (path: PathTarget): Set<number> => {
    const ports = portsOfPaths.get(path) ?? new Set();
    portsOfPaths.set(path, ports);
    return ports;
  };
  let advised = false;
  const advise = (advice: string): void => {
    if (!advised) log?.warn({}, advice);
    advised = true;
  };
  return {
    tcp: (path) => createTcpChannel(path, options, clock, (port) => localPorts(path).add(port), responderRequests(mac)),
    farEnd: (path, question) => askFarEnd(path, question, { binding: options, clock, mac }),
    responder: (path, patience) => openResponder(path, options, clock, mac, patience),
    datagram: async (path) => {
      const raw = await openRawIcmpChannel(path, options, clock, localPorts(path));
      if (raw.kind === 'open') return { channel: raw.channel, refused: [] };
      // Without the privilege it is refused before it comes to what is missing.
      if (raw.advice !== undefined) advise(raw.advice);
      const ping = openPingSocketChannel(path, options, clock);
      if (ping.kind === 'open') return { channel: ping.channel, refused: [raw.reason] };
      const system = await openSystemPingChannel(path, options, clock);
      if (system.kind === 'open') return { channel: system.channel, refused: [raw.reason, ping.reason] };
      return { channel: null, refused: [raw.reason, ping.reason, system.reason] };
    },
    udpService: async (path) => {
      const service = openUdpServiceChannel(path, options, clock);
      return service.kind === 'open'
        ? { channel: service.channel, refused: [] }
        : { channel: null, refused: [service.reason] };
    },
    scout: async (path): Promise<DatagramChannel | null> => {
      const opening = await openUdpRawChannel(path, options, clock, localPorts(path));
      return opening.kind === 'open' ? opening.channel : null;
    },
  };
}
