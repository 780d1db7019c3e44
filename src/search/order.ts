/** What a search asks for next. */

/** How many independent probes of one size go out. */
export interface Order {
  readonly size: number;
  readonly copies: number;
}

export type Step =
  | { readonly kind: 'wave'; readonly orders: readonly Order[] }
  /** `settled`: the answer is exact. Otherwise `arrived` is a lower bound. */
  | { readonly kind: 'done'; readonly settled: boolean };
