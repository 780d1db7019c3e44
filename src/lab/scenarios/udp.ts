/** What a service over UDP meets, which an MSS does not protect. */

import type { Expectation, Scenario } from '../scenario.ts';
import type { Service } from '../service.ts';
import { site } from '../service.ts';
import { linear } from '../topologies/linear.ts';
import { type Topology, withRules } from '../topology.ts';
import { clear, expectation, NOTHING, silent, told } from './expectations.ts';
import { LINEAR, NEAR_ROUTER, overBoth, SERVER_NAME } from './linear-scenario.ts';

const QUIC: Service = { kind: 'quic', port: 443 };
const DNS: Service = { kind: 'dns', port: 53 };
/** TCP is kept below the hole by its MSS; nothing keeps UDP from it. */
const CLAMPED_HOLE = withRules(
  linear(),
  { kind: 'length-drop', host: 'R2', arrivingOn: 'r2a', above: 1400, families: null },
  { kind: 'mss-clamp', host: 'R1', mss: 1300 },
);

function udp(
  name: string,
  title: string,
  topology: Topology,
  services: readonly Service[],
  expect: (family: 4 | 6) => Expectation,
  ...options: readonly string[]
): Scenario {
  const server = site();
  return {
    ...LINEAR,
    name,
    title,
    topology,
    servers: [{ ...server, services: [...server.services, ...services] }],
    families: overBoth(expect, SERVER_NAME, '--method', 'udp', ...options),
  };
}

export const UDP_SCENARIOS: readonly Scenario[] = [
  udp('quic-clear', 'a QUIC server, and nothing wrong', linear(), [QUIC], () =>
    expectation('clear', clear(1500), NOTHING),
  ),
  udp('quic-silent', 'TCP is kept below a silent 1400 by a clamp, QUIC is not', CLAMPED_HOLE, [QUIC], () =>
    expectation('black-hole', silent(1400), NOTHING, { findings: ['black-hole-forward'] }),
  ),
  udp('quic-told', 'a link of 1400, and QUIC is told', linear({ mtus: [1500, 1400, 1500] }), [QUIC], (family) =>
    expectation('reduced', told(1400, NEAR_ROUTER[family]), NOTHING),
  ),
  udp('quic-none', 'a server that speaks no QUIC', linear(), [], () =>
    expectation('inconclusive', NOTHING, NOTHING, { findings: ['no-udp-service'] }),
  ),
  udp(
    'dns-silent',
    'DNS questions above 1400 vanish on the way there',
    CLAMPED_HOLE,
    [DNS],
    () => expectation('black-hole', silent(1400), NOTHING, { findings: ['black-hole-forward'] }),
    '--port',
    '53',
  ),
];
