/**
 * Echo requests by the system's own `ping` program, through the `ping` package: where this process may use neither raw
 * nor ping sockets, that program often may (it has a file capability). One process per probe.
 *
 * It tells of an error only when it ends, a second after it has sent (`-W 1`): what is not answered takes that long.
 */

import { accessSync, constants, realpathSync } from 'node:fs';
import { basename, delimiter, join } from 'node:path';
import type { Family } from '../contract.ts';
import type { Clock, DatagramChannel, DatagramEvent, DatagramOrder, PathTarget } from '../measure/channel.ts';
import { ICMP_ECHO_HEADER_SIZE, ipHeaderSize } from '../wire/header-size.ts';
import { isPlausibleNextHopMtu } from '../wire/icmp.ts';
import type { Binding } from './binding.ts';
import type { DatagramOpening } from './listening-channel.ts';
import { Mailbox } from './mailbox.ts';

/** What `ping` puts first into a packet: the time at which it was sent (`struct timeval`, iputils). */
const TIME_SIZE = 16;
const WAIT_S = 1;
/** Start and end of a process, on a busy machine. */
const PROCESS_MS = 300;
/** No wave has more probes. */
const MOST_PROCESSES = 32;

/** @param path its address was resolved: it is no option of the program, whatever was typed. */
export async function openSystemPingChannel(
  path: PathTarget,
  binding: Binding,
  clock: Clock,
): Promise<DatagramOpening> {
  const program = path.family === 4 ? 'ping' : 'ping6';
  const place = findProgram(program);
  if (place === null) return { kind: 'refused', reason: `the program "${program}" is not installed` };
  if (basename(place) === 'busybox') return { kind: 'refused', reason: 'the ping of BusyBox cannot set DF' };
  const { default: ping } = await import('ping');
  const refusal = await refusalOf(ping.promise, path.family);
  if (refusal !== null) return { kind: 'refused', reason: `the program "${program}" ${refusal}` };
  return { kind: 'open', channel: new SystemPingChannel(path, binding, clock, ping.promise) };
}

/** Whether the program may do here what it is for: it asks this host itself. `null` where it may. */
async function refusalOf(pinger: Pinger, family: Family): Promise<string | null> {
  try {
    const asked = { v6: family === 6, timeout: WAIT_S, min_reply: 1, numeric: false };
    const { alive, output = '' } = await pinger.probe(LOOPBACK[family], asked);
    // A host without a loopback of this family may still reach others.
    return !alive && /not permitted|denied/i.test(output) ? 'may open no socket here' : null;
  } catch (error) {
    return `cannot be run (${error instanceof Error ? error.message : String(error)})`;
  }
}

const LOOPBACK = { 4: '127.0.0.1', 6: '::1' } as const; // RFC 1122 §3.2.1.3, RFC 4291 §2.5.3

type Pinger = typeof import('ping')['default']['promise'];

class SystemPingChannel implements DatagramChannel {
  readonly method = 'icmp-system';
  readonly traceless = false;
  readonly limitsHops = false;
  readonly answersWithinMs = WAIT_S * 1000 + PROCESS_MS;
  readonly smallestSize: number;
  readonly #path: PathTarget;
  readonly #binding: Binding;
  readonly #pinger: Pinger;
  readonly #headerSize: number;
  readonly #mailbox: Mailbox<DatagramEvent>;
  #running = 0;
  #dropped = 0;
  #closed = false;

  constructor(path: PathTarget, binding: Binding, clock: Clock, pinger: Pinger) {
    this.#path = path;
    this.#binding = binding;
    this.#pinger = pinger;
    this.#headerSize = ipHeaderSize(path.family) + ICMP_ECHO_HEADER_SIZE;
    this.smallestSize = this.#headerSize + TIME_SIZE;
    this.#mailbox = new Mailbox(clock);
  }

  send({ id, size }: DatagramOrder): void {
    if (this.#closed) return;
    if (this.#running >= MOST_PROCESSES) {
      this.#mailbox.put({ kind: 'unreachable', id, from: this.#path.egress.address });
      return;
    }
    this.#running += 1;
    const { address, family } = this.#path;
    const from = this.#binding.source ?? this.#binding.interface;
    const extra = ['-n', '-M', 'do', '-s', `${size - this.#headerSize}`, ...(from === null ? [] : ['-I', from])];
    this.#pinger
      .probe(address, { v6: family === 6, timeout: WAIT_S, min_reply: 1, numeric: false, extra })
      .then(({ alive, output = '' }) => this.#take({ id, size }, alive, output))
      // It could not be started: nothing is known of this probe.
      .catch(() => this.#mailbox.put({ kind: 'unreachable', id, from: this.#path.egress.address }))
      .finally(() => {
        this.#running -= 1;
      });
  }

  receive(until: number): Promise<readonly DatagramEvent[]> {
    return this.#mailbox.take(until);
  }

  dropped(): number {
    return this.#dropped;
  }

  close(): void {
    this.#closed = true;
  }

  #take(probe: DatagramOrder, alive: boolean, output: string): void {
    this.#mailbox.noteRead();
    const replied = { kind: 'reply', id: probe.id, hopsLeft: null } as const;
    const event = alive ? replied : eventOf(probe, output, this.#path.family);
    if (event === null) this.#dropped += 1;
    else this.#mailbox.put(event);
  }
}

/** What the program says of a probe that was not answered (iputils); `null` where that is nothing. */
export function eventOf({ id, size }: DatagramOrder, output: string, family: Family): DatagramEvent | null {
  const told = /^From (\S+?):? icmp_seq=\d+ (?:Frag needed and DF set \(mtu = |Packet too big: mtu=)(\d+)/m.exec(
    output,
  );
  if (told !== null) {
    const nextHopMtu = Number(told[2]);
    const claim = { kind: 'packet-too-big', quoted: { id }, from: told[1] as string, nextHopMtu } as const;
    return isPlausibleNextHopMtu(nextHopMtu, size, family) ? claim : null;
  }
  const local = /local error: message too long, mtu[=:] ?(\d+)/i.exec(output);
  return local === null ? null : { kind: 'local-limit', id, mtu: Number(local[1]) };
}

function findProgram(name: string): string | null {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    try {
      const file = join(folder, name);
      accessSync(file, constants.X_OK);
      return realpathSync(file);
    } catch {
      // Not there, or not for us: the next folder.
    }
  }
  return null;
}
