/** A network, its servers, and what a measurement from the client must say about it: all data. */

import type { Behaviour, Family, FindingCode, PacketTooBig, Verdict } from '../contract.ts';
import type { Bounds } from './bounds.ts';
import type { Server } from './service.ts';
import type { Topology } from './topology.ts';

/** An absent field is left to the measurement. */
export interface DirectionExpectation {
  readonly pathMtu?: number | null;
  readonly exact?: boolean;
  readonly behaviour: Behaviour;
  readonly masked?: boolean;
  /** Must be among those reported; others may be there as well. */
  readonly packetTooBig?: PacketTooBig;
}

export interface Expectation {
  readonly verdict: Verdict;
  readonly exitCode: number;
  readonly forward: DirectionExpectation;
  readonly reverse: DirectionExpectation;
  /** Findings that must be there; others may. */
  readonly findings?: readonly FindingCode[];
  /** The whole command, from its start to its end, takes no longer than this. */
  readonly withinMs?: number;
}

export interface FamilyRun {
  readonly target: string;
  /** More arguments for `mtu-probe run`. */
  readonly args: readonly string[];
  readonly expect: Expectation | Bounds;
}

/** What happened before the measurement, on purpose. */
export type Step =
  | { readonly kind: 'set-mtu'; readonly host: string; readonly device: string; readonly mtu: number }
  /** The host sends a packet of `size` and learns from a Packet Too Big that `pathMtu` is the limit. */
  | {
      readonly kind: 'learn';
      readonly host: string;
      readonly to: string;
      readonly size: number;
      readonly pathMtu: number;
    };

export interface Scenario {
  /** Short, unique, for the command line. */
  readonly name: string;
  /** One line for `list`. */
  readonly title: string;
  readonly topology: Topology;
  readonly client: string;
  readonly servers: readonly Server[];
  /** All names that resolve inside, beside `localhost`. */
  readonly names: Readonly<Record<string, readonly string[]>>;
  /** Done before every run, after the route caches have been emptied. */
  readonly before: readonly Step[];
  /** The address families it is measured over. */
  readonly families: Partial<Readonly<Record<Family, FamilyRun>>>;
}
