import type { DatagramEvent, ProbeId } from './channel.ts';

/** The probe that an event speaks of; `null` when it quotes a TCP connection. */
export function probeOf(event: DatagramEvent): ProbeId | null {
  if (event.kind !== 'packet-too-big') return event.id;
  return 'id' in event.quoted ? event.quoted.id : null;
}
