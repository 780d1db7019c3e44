/**
 * Two routers in a row, over both families.
 *
 * ```
 * C c0 ──── r1a R1 r1b ──── r2a R2 r2b ──── s0 S
 *   10.0.1.0/24    10.0.2.0/24    10.0.3.0/24
 *   fd00:1::/64    fd00:2::/64    fd00:3::/64      routers .1 towards C, .2 towards S
 * ```
 */

import type { Attack } from '../mischief/mischief.ts';
import { EMPTY_TOPOLOGY, type Impairment, type Topology } from '../topology.ts';
import { end, routes, veth } from './link.ts';

export const LINEAR_SERVER = { 4: '10.0.3.2', 6: 'fd00:3::2' } as const;

export interface LinearOptions {
  /** MTU of the links C–R1, R1–R2 and R2–S. */
  readonly mtus?: readonly [number, number, number];
  /** R1 translates addresses of IPv4 towards R2. */
  readonly masquerade?: boolean;
  /** Makes the link R1–R2 a relay that does this to either direction. */
  readonly impairment?: Impairment;
  /** Makes it a relay with an attacker on it. */
  readonly attack?: Attack;
  /** R1 swallows everything towards the server. */
  readonly blackhole?: boolean;
}

const UNIMPAIRED: Impairment = { delayMs: 0, lossPercent: 0 };

export function linear(options: LinearOptions = {}): Topology {
  const { mtus = [1500, 1500, 1500], masquerade = false, attack, blackhole = false } = options;
  const impairment = options.impairment ?? (attack === undefined ? undefined : UNIMPAIRED);
  const [first, middle, last] = mtus;
  const [next4, next6] = blackhole ? (['blackhole', 'blackhole'] as const) : (['10.0.2.2', 'fd00:2::2'] as const);
  const near = end('R1:r1b', ['10.0.2.1/24', 'fd00:2::1/64'], middle);
  const far = end('R2:r2a', ['10.0.2.2/24', 'fd00:2::2/64'], middle);
  return {
    ...EMPTY_TOPOLOGY,
    hosts: ['C', 'R1', 'R2', 'S'],
    links: [
      veth(end('C:c0', ['10.0.1.2/24', 'fd00:1::2/64'], first), end('R1:r1a', ['10.0.1.1/24', 'fd00:1::1/64'], first)),
      impairment === undefined
        ? veth(near, far)
        : {
            kind: 'relay',
            ends: [near, far],
            impairments: [impairment, impairment],
            seed: 1,
            ...(attack && { attack }),
          },
      veth(end('R2:r2b', ['10.0.3.1/24', 'fd00:3::1/64'], last), end('S:s0', ['10.0.3.2/24', 'fd00:3::2/64'], last)),
    ],
    routes: [
      ...routes('C', ['default', '10.0.1.1'], ['default', 'fd00:1::1']),
      ...routes('R1', ['10.0.3.0/24', next4], ['fd00:3::/64', next6]),
      ...(masquerade ? [] : routes('R2', ['10.0.1.0/24', '10.0.2.1'])),
      ...routes('R2', ['fd00:1::/64', 'fd00:2::1']),
      ...routes('S', ['default', '10.0.3.1'], ['default', 'fd00:3::1']),
    ],
    rules: masquerade ? [{ kind: 'masquerade', host: 'R1', leavingBy: 'r1b' }] : [],
  };
}
