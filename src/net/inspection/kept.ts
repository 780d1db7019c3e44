/** The beginning of a list that may be endless, and beyond it what matters: a full routing table has a million routes. */

import { errno, syscallError } from '../sys/errno.ts';
import type { Listener, Listing } from '../sys/netlink-socket.ts';

/** Read of one list. A million routes are 60 MB, and a second. */
const MOST_BYTES = 16 * 1024 * 1024;

/** Of a kernel without IPv6, without next hops, or from before a question was invented: such a list is empty. */
const UNKNOWN_LISTS: readonly number[] = [errno.EOPNOTSUPP, errno.EAFNOSUPPORT, errno.EINVAL, errno.ENOENT];

export interface Bound<Entry> {
  readonly most: number;
  /** Others are as if they were not there. */
  readonly wanted?: (entry: Entry) => boolean;
  /** As many again of these are kept where the bound is reached. */
  readonly matters?: (entry: Entry) => boolean;
}

export class Kept<Entry> implements Listener<Entry> {
  readonly #bound: Bound<Entry>;
  #entries: Entry[] = [];
  #isCut = false;

  constructor(bound: Bound<Entry>) {
    this.#bound = bound;
  }

  get entries(): readonly Entry[] {
    return this.#entries;
  }

  begin(): void {
    this.#entries = [];
    this.#isCut = false;
  }

  hear(entry: Entry): void {
    const { most, wanted, matters } = this.#bound;
    if (wanted?.(entry) === false) return;
    if (this.#entries.length < (matters?.(entry) ? 2 * most : most)) this.#entries.push(entry);
    else this.#isCut = true;
  }

  /**
   * @param what is listed, for people. @returns what was left out, one sentence each.
   * @throws SyscallError where the kernel does not let this process see it.
   */
  fill(what: string, list: (listener: Listener<Entry>, mostBytes: number) => Listing): string[] {
    const listing = list(this, MOST_BYTES);
    if (listing.kind === 'refused') {
      if (UNKNOWN_LISTS.includes(listing.errno)) return [];
      throw syscallError(`netlink(${what})`, listing.errno);
    }
    if (this.#isCut) return [`it has more than ${this.#bound.most} ${what}: the rest is left out`];
    return listing.isWhole ? [] : [`its ${what} changed while they were read, or are too many: some may be missing`];
  }
}
