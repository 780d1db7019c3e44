/** What was written of the responder → whether it is there, and how. */

import { RESPONDER_PORT } from '../../wire/responder.ts';
import { maxClients, maxRate } from '../serve.ts';
import { listenAddress } from '../values.ts';
import { defaultOf } from './fallback.ts';
import type { Given } from './given.ts';
import type { ResponderSettings } from './options.ts';
import { refuse } from './place.ts';
import { readAs, SCHEMAS } from './schemas.ts';
import { itemsOf, type Tree } from './tree.ts';

/**
 * @param hasPeers they measure this agent as it measures them.
 * @returns `null` without one. What is set up is checked all the same. @throws UsageError.
 */
export function responderOf(given: Given, hasPeers: boolean): ResponderSettings | null {
  const settings: ResponderSettings = {
    listen: listenOf(given.get('responder.listen')),
    maxRate: readAs(given.get('responder.maxRate') ?? defaultOf('responder.maxRate'), maxRate),
    maxClients: readAs(given.get('responder.maxClients') ?? defaultOf('responder.maxClients'), maxClients),
  };
  const asked = given.get('responder');
  const isSetUp = [...given.keys()].some((key) => key.startsWith('responder.'));
  const wanted = asked === undefined ? hasPeers || isSetUp : readAs(asked, SCHEMAS.switch);
  return wanted ? settings : null;
}

function listenOf(tree: Tree | undefined): ResponderSettings['listen'] {
  if (tree === undefined) return null;
  const endpoints = itemsOf(tree).map((item) => readAs(item, (name) => listenAddress(name, RESPONDER_PORT)));
  if (endpoints.length === 0) refuse(tree.place, 'names no address: name one, or leave it out for all');
  return endpoints;
}
