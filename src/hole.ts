/** Black holes, as what was found of one direction tells of them. Pure. */

import type { Behaviour, Direction } from './contract.ts';

const HOLES: readonly Behaviour[] = ['silent', 'delayed'];
/** Each tells that large packets arrive, or that their sender knows, or sends none. */
const NO_HOLES: readonly Behaviour[] = ['clear', 'clamped', 'signalled'];

export function isHole({ behaviour }: Pick<Direction, 'behaviour'>): boolean {
  return HOLES.includes(behaviour);
}

/** What is hidden is not gone. */
export function provesNoHole({ behaviour, masked }: Pick<Direction, 'behaviour' | 'masked'>): boolean {
  return NO_HOLES.includes(behaviour) && !masked;
}
