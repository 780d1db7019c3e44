/**
 * The other scenarios once more, with a responder in the place of the server: TCP is to come to the same, and what UDP
 * meets is measured in both directions, and not inferred.
 */

import type { Family } from '../../contract.ts';
import type { Expectation, FamilyRun, PathExpectation, Scenario } from '../scenario.ts';
import { atWorstUnknown, clear, expectation, silent, told } from './expectations.ts';
import { SERVER_NAME } from './linear-scenario.ts';

type OverUdp = (family: Family, overTcp: Expectation) => PathExpectation;

/** What TCP meets, UDP meets as well. */
const SAME: OverUdp = (_, { verdict, forward, reverse }) => ({ verdict, forward, reverse });
const CLEAR: OverUdp = () => expectation('clear', clear(1500), clear(1500));

/** By the name of the scenario, what UDP meets in it. */
const OVER_UDP: Readonly<Record<string, OverUdp>> = {
  clear: SAME,
  dind: SAME,
  'dind-told': SAME,
  'dind-fixed': SAME,
  'dind-clamped': () => expectation('black-hole', told(1450, '172.17.0.1'), silent(1450)),
  'dind-wireguard': SAME,
  told: SAME,
  'client-not-told': SAME,
  'server-not-told': SAME,
  'nobody-told': SAME,
  clamped: () => expectation('black-hole', silent(1400), silent(1400)),
  silent: SAME,
  'silent-reverse': SAME,
  'silent-forward': SAME,
  trunk: SAME,
  jumbo: SAME,
  overlay: SAME,
  'overlay-fragments': SAME,
  'overlay-df': SAME,
  'overlay-df-heeded': SAME,
  pppoe: SAME,
  'ipv6-tunnel': SAME,
  'ipv6-minimum': SAME,
  'stateless-nat': SAME,
  'stateful-nat': SAME,
  'two-firewalls': SAME,
  'honest-then-silent': SAME,
  'icmp-blocked': CLEAR,
  'narrow-client': SAME,
  'tcp-only': CLEAR,
  'df-cleared': () => expectation('clear', clear(1500), clear(1500), { findings: ['fragmented'] }),
  'server-deaf': SAME,
  'below-ipv6-minimum': SAME,
  loss: () => expectation(['clear', 'inconclusive'], atWorstUnknown(1500), atWorstUnknown(1500)),
  'far-silent': SAME,
};

/** @param bases the scenarios that are to be seen from both ends. */
export function responderScenarios(bases: readonly Scenario[]): Scenario[] {
  return Object.entries(OVER_UDP).map(([name, overUdp]) => {
    const base = bases.find((scenario) => scenario.name === name);
    if (base === undefined) throw new TypeError(`no scenario "${name}" to be seen from both ends`);
    const families = Object.entries(base.families).map(([family, run]) => [
      family,
      fromBothEnds(run, Number(family) as Family, overUdp),
    ]);
    return {
      ...base,
      name: `${name}-responder`,
      title: `${base.title}; from both ends`,
      servers: base.servers.map(({ host }) => ({ host, software: 'responder', services: [] })),
      families: Object.fromEntries(families),
    };
  });
}

function fromBothEnds(run: FamilyRun, family: Family, overUdp: OverUdp): FamilyRun {
  const { expect } = run;
  if ('verdicts' in expect) throw new TypeError('only a network whose truth is known can be seen from both ends');
  const name = run.target.includes('://') ? SERVER_NAME : run.target;
  const { withinMs: _, evidence: __, findings: ___, ...overTcp } = expect;
  const second = overUdp(family, expect);
  const isFound = [expect.verdict, second.verdict].flat().includes('black-hole');
  return {
    ...run,
    target: `mtu://${name}`,
    expect: { ...overTcp, exitCode: isFound ? 1 : expect.exitCode, overUdp: second },
  };
}
