/** Both directions to a responder: two sessions, each with a port of its own, greeted at the same time. */

import type { Clock, PathTarget, Patience, ResponderOpening } from '../measure/channel.ts';
import { RESPONDER_PORT } from '../wire/responder.ts';
import type { Mac } from '../wire/responder-header.ts';
import type { Binding } from './binding.ts';
import { openHearingChannel } from './hearing-channel.ts';
import { greet } from './responder-greeting.ts';
import { ResponderReverseChannel } from './responder-reverse-channel.ts';
import { responderService } from './responder-service.ts';
import { ResponderSession } from './responder-session.ts';
import { send } from './sys/socket.ts';
import { closeUdpSockets, openUdpSockets, UdpServiceChannel, type UdpSockets } from './udp-service-channel.ts';

/** @param mac signs with the secret that the responder has as well. */
export async function openResponder(
  path: PathTarget,
  binding: Binding,
  clock: Clock,
  mac: Mac | null,
  patience: Patience,
): Promise<ResponderOpening> {
  const [port = RESPONDER_PORT] = path.ports;
  const there = openUdpSockets(path, port, binding);
  if (there.kind === 'refused') return { ...there, answered: false };
  // It only asks: small packets, which may leave through the socket itself.
  const back = openUdpSockets(path, port, binding, false);
  if (back.kind === 'refused') {
    closeUdpSockets(there.sockets);
    return { ...back, answered: false };
  }
  const opened = [there.sockets, back.sockets] as const;
  try {
    const sessions = opened.map(() => new ResponderSession(mac, clock)) as [ResponderSession, ResponderSession];
    const greetings = await Promise.all(
      opened.map(({ fd }, index) => greet(fd, path, sessions[index] as ResponderSession, clock, patience)),
    );
    const refusal = greetings.find((greeting) => greeting.kind === 'refused');
    if (refusal === undefined) return await channels(path, binding, clock, opened, sessions);
    for (const sockets of opened) closeUdpSockets(sockets);
    return refusal;
  } catch (error) {
    for (const sockets of opened) closeUdpSockets(sockets);
    throw error;
  }
}

async function channels(
  path: PathTarget,
  binding: Binding,
  clock: Clock,
  [there, back]: readonly [UdpSockets, UdpSockets],
  [forward, reverse]: readonly [ResponderSession, ResponderSession],
): Promise<ResponderOpening> {
  const renew = (): void => {
    send(there.fd, forward.hello());
  };
  const service = responderService(forward, path.family, path.address, renew);
  const heard = path.family === 6 ? await openHearingChannel(there, path, clock, service, binding) : null;
  return {
    kind: 'open',
    forward: heard ?? new UdpServiceChannel(there, path, clock, service),
    reverse: new ResponderReverseChannel(back.fd, path, reverse, clock),
  };
}
