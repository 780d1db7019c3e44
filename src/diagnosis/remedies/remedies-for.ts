/** What to change so that every packet fits, with the number in it. */

import type { Remedy } from '../../contract.ts';
import type { PathView } from '../view.ts';

/** @returns those of the detected environments first, then the general ones; empty where no number is certain. */
export function remediesFor(_view: PathView): readonly Remedy[] {
  return [];
}
