/** What a measurement says of itself while it runs; for people who wait, never for decisions. */

import type { DirectionName, Method } from '../contract.ts';

export interface Progress {
  readonly address: string;
  readonly direction: DirectionName;
  readonly method: Method;
  /** Waves sent so far in this direction by this method, this one included. */
  readonly wave: number;
  /** Sizes of this wave, largest first. */
  readonly sizes: readonly number[];
  /** Largest size proved to arrive so far; `null` before the first. */
  readonly arrived: number | null;
  /** Smallest size above it that is known or suspected not to arrive; `null` while there is none. */
  readonly failing: number | null;
}

export type OnProgress = (progress: Progress) => void;
