/** The receiving half of a TCP connection: what the kernel's counters say of what came in. */

import { RCV_MSS_START } from '../../../src/search/reverse-rule.ts';
import type { Ack } from './tcp-sender.ts';

interface Range {
  from: number;
  to: number;
}

export class TcpReceiver {
  readonly #advertisedMss: number;
  #beyond: Range[] = [];
  upTo = 0;
  /** `tcp_measure_rcv_mss`: only segments in order count. */
  rcvMss: number;
  segments = 0;
  outOfOrder = 0;

  constructor(advertisedMss: number) {
    this.#advertisedMss = advertisedMss;
    this.rcvMss = Math.min(RCV_MSS_START, advertisedMss);
  }

  onData(from: number, to: number): Ack {
    this.segments += 1;
    if (from > this.upTo) {
      this.outOfOrder += 1;
      this.#beyond.push({ from, to });
    } else if (to > this.upTo) {
      const length = to - from;
      if (length >= this.rcvMss) this.rcvMss = Math.min(length, this.#advertisedMss);
      this.upTo = to;
      this.#join();
    }
    return { upTo: this.upTo, sacked: this.#merged() };
  }

  #join(): void {
    for (let next = this.#touching(); next !== undefined; next = this.#touching())
      this.upTo = Math.max(this.upTo, next.to);
    this.#beyond = this.#beyond.filter(({ to }) => to > this.upTo);
  }

  #touching(): Range | undefined {
    return this.#beyond.find(({ from, to }) => from <= this.upTo && to > this.upTo);
  }

  #merged(): Range[] {
    const ranges: Range[] = [];
    for (const range of [...this.#beyond].sort((a, b) => a.from - b.from)) {
      const last = ranges.at(-1);
      if (last !== undefined && range.from <= last.to) last.to = Math.max(last.to, range.to);
      else ranges.push({ ...range });
    }
    return ranges;
  }
}
