/** Every cause that is known, in the order that breaks ties. */

import type { Cause } from './cause.ts';
import { COMBINATIONS } from './combinations.ts';
import { NUMBERS } from './numbers.ts';
import { OVERHEADS } from './overheads.ts';

export const CAUSES: readonly Cause[] = [...COMBINATIONS, ...OVERHEADS, ...NUMBERS];
