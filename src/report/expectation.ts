import type { Direction } from '../contract.ts';
import { isShort } from '../grade.ts';

/** What is said of a direction that carries less than was asked for; `null` where it does not. */
export function expectationSentence(direction: Pick<Direction, 'pathMtu'>, expectMtu: number | null): string | null {
  return isShort(direction, expectMtu) ? `That is less than --expect-mtu ${expectMtu}.` : null;
}
