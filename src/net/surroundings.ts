/** Reads what can be seen around this process without sending anything. */

import { NO_SURROUNDINGS, type Surroundings } from '../surroundings.ts';

export function readSurroundings(): Surroundings {
  return NO_SURROUNDINGS;
}
