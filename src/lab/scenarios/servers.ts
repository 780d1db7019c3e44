/** A path that carries everything, and servers that make it hard to see. */

import type { Scenario } from '../scenario.ts';
import { HTTP, HTTPS, type Pace, PROMPT, type Service, site } from '../service.ts';
import { linear } from '../topologies/linear.ts';
import { withRules } from '../topology.ts';
import { clamped, clear, expectation, NOTHING, silent } from './expectations.ts';
import { LINEAR, overBoth, SERVER_NAME } from './linear-scenario.ts';

const CLEAR = () => expectation('clear', clear(1500), clear(1500));

function served(name: string, title: string, services: readonly Service[], target?: string): Scenario {
  return {
    ...LINEAR,
    name,
    title,
    topology: linear(),
    servers: [{ host: 'S', software: 'node', services }],
    families: overBoth(CLEAR, target),
  };
}

const thinking = (pace: Partial<Pace>): Pace => ({ ...PROMPT, ...pace });
const ENDLESS: Service = { ...HTTP, page: { bytes: 1024 * 1024, ranges: false } };
const CLOSED = served('closed-port', 'nothing listens, and the server says so (RST)', []);

export const SERVER_SCENARIOS: readonly Scenario[] = [
  served('slow-tls', 'a server that thinks for two seconds before it says anything', [
    { ...HTTPS, pace: thinking({ beforeTlsMs: 2000 }) },
  ]),
  served(
    'slow-http',
    'a server that thinks for two seconds before it answers a request',
    [{ ...HTTP, pace: thinking({ beforeReplyMs: 2000 }) }],
    `http://${SERVER_NAME}/`,
  ),
  {
    ...served('long-page', 'a server on 1450 whose page is longer than any buffer, and that ignores Range', [ENDLESS]),
    topology: linear({ mtus: [1500, 1500, 1450] }),
    families: overBoth(() => expectation('clamped', clamped(1450), clamped(1450)), `http://${SERVER_NAME}/`),
  },
  {
    ...served('long-page-silent', 'the same page, and above 1400 vanishes on the way back', [ENDLESS]),
    topology: withRules(linear(), { kind: 'length-drop', host: 'R2', arrivingOn: 'r2b', above: 1400, families: null }),
    families: overBoth(
      () => expectation('black-hole', clear(1500), silent(1400), { findings: ['black-hole-reverse'] }),
      `http://${SERVER_NAME}/`,
    ),
  },
  served('short-flight', 'an ECDSA chain: the TLS flight fills no packet, the page does', [
    { ...HTTPS, certificate: 'ecdsa' },
  ]),
  served('small-backlog', 'one slow worker, and room for five more connections', [
    { ...HTTPS, pace: thinking({ busyMs: 20 }), backlog: 5 },
  ]),
  { ...served('nginx', 'nginx instead of Node', []), servers: [site('S', 'nginx')] },
  {
    ...served('mute', 'a server that accepts, reads and never answers', [{ kind: 'silent', port: 443 }]),
    families: overBoth(() => expectation('inconclusive', clear(1500), NOTHING)),
  },
  {
    ...CLOSED,
    families: overBoth(() =>
      expectation('inconclusive', clear(1500), NOTHING, { findings: ['port-closed'], withinMs: 2000 }),
    ),
  },
  {
    ...served('nothing-answers', 'everything towards the server is swallowed', []),
    topology: linear({ blackhole: true }),
    families: overBoth(() => expectation('unreachable', NOTHING, NOTHING, { findings: ['no-reply'], withinMs: 8000 })),
  },
];
