/** A network, its servers, and what a measurement from the client must say about it: all data. */

import type { Behaviour, Family, FindingCode, Verdict } from '../contract.ts';
import type { Server } from './service.ts';
import type { Topology } from './topology.ts';

/** `undefined` leaves a field to the measurement. */
export interface DirectionExpectation {
  readonly pathMtu: number | null;
  readonly exact?: boolean;
  readonly behaviour: Behaviour;
  readonly masked?: boolean;
}

export interface Expectation {
  readonly forward: DirectionExpectation;
  readonly reverse: DirectionExpectation;
  readonly verdict: Verdict;
  readonly exitCode: number;
  /** More arguments for `mtu-probe run`. */
  readonly args?: readonly string[];
  /** Findings that must be there; others may. */
  readonly findings?: readonly FindingCode[];
  readonly packetTooBig?: { readonly forward?: { readonly from: string; readonly nextHopMtu: number } };
}

export interface FamilyRun {
  readonly target: string;
  readonly expect: Expectation;
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
  readonly title: string;
  readonly topology: Topology;
  readonly client: string;
  readonly servers: readonly Server[];
  /** Names that resolve inside, beyond those of `/etc/hosts` of any system. */
  readonly names: Readonly<Record<string, readonly string[]>>;
  /** Done before every run, after the route caches have been emptied. */
  readonly before: readonly Step[];
  /** The address families it is measured over. */
  readonly families: Partial<Readonly<Record<Family, FamilyRun>>>;
}
