/** What becomes of the sizes between the path MTU and the ceiling: the first rule that fits. */

import type { Behaviour } from '../contract.ts';
import { type DirectionFacts, isTcp } from './facts.ts';

interface BehaviourRule {
  readonly behaviour: Behaviour;
  readonly because: string;
  readonly fits: (facts: DirectionFacts) => boolean;
}

export const BEHAVIOUR_RULES: readonly BehaviourRule[] = [
  {
    behaviour: 'delayed',
    because: 'a size vanished untold, and its sender got round it by itself',
    fits: ({ silentBy, recoveredAfterMs }) => silentBy.length > 0 && recoveredAfterMs !== null,
  },
  {
    behaviour: 'silent',
    because: 'a size vanished untold; another one that was told does not help it',
    fits: ({ silentBy }) => silentBy.length > 0,
  },
  {
    behaviour: 'signalled',
    because: 'every larger size was told; where the MSS keeps TCP below them, only what TCP itself was told counts',
    fits: ({ toldBy, heldAt }) => toldBy.some(isTcp) || (toldBy.length > 0 && heldAt === null),
  },
  {
    behaviour: 'clamped',
    because: 'the MSS in force keeps TCP below the ceiling, and all that it sends arrives',
    fits: ({ heldAt }) => heldAt !== null,
  },
  {
    behaviour: 'local-limit',
    because: 'a route on this host keeps packets below the interface MTU',
    fits: ({ routeLimit }) => routeLimit,
  },
  {
    behaviour: 'clear',
    because: 'the ceiling arrived',
    fits: ({ pathMtu, ceiling }) => pathMtu !== null && pathMtu >= ceiling,
  },
  {
    behaviour: 'not-exercised',
    because: 'no reply was long enough to fill a packet',
    fits: ({ exercised }) => !exercised,
  },
  { behaviour: 'unknown', because: 'nothing above is proved', fits: () => true },
];

export function behaviourOf(facts: DirectionFacts): Behaviour {
  const rule = BEHAVIOUR_RULES.find(({ fits }) => fits(facts)) as BehaviourRule;
  return rule.behaviour;
}
