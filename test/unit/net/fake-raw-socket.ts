/** Stands in for the `raw-socket` package: no privilege, no kernel, packets as the test has them. */

import { EventEmitter } from 'node:events';

export class FakeRawSocket extends EventEmitter {
  /** The one that was made last. */
  static latest: FakeRawSocket | null = null;
  /** Thrown by `createSocket`. */
  static refusal: string | null = null;
  readonly options: [level: number, option: number, value: number | Uint8Array][] = [];
  closed = 0;

  setOption(level: number, option: number, value: number | Uint8Array): void {
    this.options.push([level, option, value]);
  }

  close(): void {
    this.closed += 1;
  }
}

/** What the package exports. */
export const fakeRawSocket = {
  AddressFamily: { IPv4: 1, IPv6: 2 },
  createSocket: (): FakeRawSocket => {
    if (FakeRawSocket.refusal !== null) throw new Error(FakeRawSocket.refusal);
    FakeRawSocket.latest = new FakeRawSocket();
    return FakeRawSocket.latest;
  },
};
