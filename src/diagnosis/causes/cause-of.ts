/** What probably makes the path narrow, by its number and by what is seen around this process. */

import type { Finding } from '../../contract.ts';
import type { PathView } from '../view.ts';

/** @returns the likeliest cause and the others, never one as a fact; `null` where no number is certain. */
export function causeOf(_view: PathView): Finding['cause'] {
  return null;
}
