/** A network, its servers, and what a measurement from the client must say about it: all data. */

import type { Behaviour, Evidence, Family, FindingCode, PacketTooBig, Verdict } from '../contract.ts';
import type { Bounds } from './bounds.ts';
import type { Server } from './service.ts';
import type { Topology } from './topology.ts';

/** Where chance decides, any of a list will do. */
export type OneOf<Value> = Value | readonly Value[];

/** An absent field is left to the measurement. */
export interface DirectionExpectation {
  readonly pathMtu?: OneOf<number | null>;
  readonly exact?: boolean;
  /** Instead of both: a lower bound that is no larger than this will do as well. */
  readonly orAtLeastUpTo?: number;
  readonly behaviour: OneOf<Behaviour>;
  readonly masked?: boolean;
  /** Must be among those reported; others may be there as well. */
  readonly packetTooBig?: Pick<PacketTooBig, 'from' | 'nextHopMtu'>;
  /** Addresses of the last hop that large packets reach, and of the next one. */
  readonly hop?: readonly [last: string, next: string];
}

export interface PathExpectation {
  readonly verdict: OneOf<Verdict>;
  readonly forward: DirectionExpectation;
  readonly reverse: DirectionExpectation;
  /** Findings that must be there; others may. */
  readonly findings?: readonly FindingCode[];
}

export interface Expectation extends PathExpectation {
  readonly exitCode: OneOf<number>;
  /** A responder is measured over UDP as well, as a second path. */
  readonly overUdp?: PathExpectation;
  /** What must have become of some probe; others may have fared otherwise. */
  readonly evidence?: readonly Pick<Evidence, 'method' | 'size' | 'outcome'>[];
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
