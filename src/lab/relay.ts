/**
 * Program: a link with delay and loss, as a process between two TUN devices. It blocks its only thread on purpose:
 * an event loop would add a millisecond of its own to every packet.
 */

import { writeSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { openTun, readPacket, waitForPacket, writePacket } from '../net/sys/tun.ts';
import { type DelayLine, delayLine } from './delay-line.ts';
import { READY } from './start-process.ts';
import type { Impairment } from './topology.ts';

interface RelayOptions {
  readonly devices: readonly [string, string];
  /** Of packets that come out of the first device, and of the second. */
  readonly impairments: readonly [Impairment, Impairment];
  readonly seed: number;
}

const LARGEST_PACKET = 65535; // RFC 791 §3.1
const IDLE_MS = 60_000; // nothing under way: wake up rarely

const { devices, impairments, seed } = JSON.parse(process.argv[2] ?? '') as RelayOptions;
const [first, second] = devices.map(openTun) as [number, number];
const lanes: readonly { from: number; to: number; line: DelayLine }[] = [
  { from: first, to: second, line: delayLine(impairments[0], seed) },
  { from: second, to: first, line: delayLine(impairments[1], seed + 1) },
];
const buffer = Buffer.alloc(LARGEST_PACKET);
writeSync(1, `${READY}\n`);

for (;;) {
  for (const { from, line } of lanes) {
    for (let length = readPacket(from, buffer); length !== null; length = readPacket(from, buffer)) {
      line.take(Buffer.from(buffer.subarray(0, length)), performance.now());
    }
  }
  for (const { to, line } of lanes) {
    for (let packet = line.release(performance.now()); packet !== null; packet = line.release(performance.now())) {
      writePacket(to, packet);
    }
  }
  const due = lanes.map(({ line }) => line.nextDueMs()).filter((instant) => instant !== null);
  waitForPacket([first, second], due.length === 0 ? IDLE_MS : Math.min(...due) - performance.now());
}
