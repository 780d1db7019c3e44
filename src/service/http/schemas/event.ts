/** What happened. */

import { EVENT_KINDS } from '../../contract.ts';
import { VERDICT } from './path.ts';
import { COUNT, INSTANT, named, nullable, object, oneOf, PATH_ID, REPORT, type Schema, TEXT } from './shape.ts';

export const EVENT_SCHEMAS: Readonly<Record<string, Schema>> = {
  Turn: object(
    {
      at: INSTANT,
      verdict: VERDICT,
      forward: named('KnownDirection'),
      reverse: named('KnownDirection'),
      report: REPORT,
    },
    'One side of a change.',
  ),
  ServiceEvent: object(
    {
      id: COUNT,
      kind: oneOf(EVENT_KINDS),
      at: INSTANT,
      target: nullable(TEXT),
      pathId: nullable(PATH_ID),
      summary: TEXT,
      before: nullable(named('Turn')),
      after: nullable(named('Turn')),
    },
    'Numbered in the order in which things happened.',
  ),
};
