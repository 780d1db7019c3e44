/** What is known of one path. */

import { BEHAVIOURS, VERDICTS } from '../../../contract.ts';
import {
  INSTANT,
  listOf,
  named,
  nullable,
  object,
  oneOf,
  PATH_ID,
  REPORT,
  type Schema,
  SIZE,
  TEXT,
  YES_OR_NO,
} from './shape.ts';

export const VERDICT = oneOf(VERDICTS);

const JUDGEMENT = {
  verdict: VERDICT,
  since: INSTANT,
  at: INSTANT,
  forward: named('KnownDirection'),
  reverse: named('KnownDirection'),
};

const PATH = {
  id: PATH_ID,
  target: TEXT,
  address: TEXT,
  family: oneOf([4, 6]),
  transport: oneOf(['tcp', 'udp']),
  firstSeenAt: INSTANT,
  last: object({ at: INSTANT, verdict: VERDICT, masked: YES_OR_NO }),
  maskedSince: nullable(INSTANT),
  holdForwardAbove: nullable(SIZE),
};

export const PATH_SCHEMAS: Readonly<Record<string, Schema>> = {
  KnownDirection: object(
    { pathMtu: nullable(SIZE), exact: YES_OR_NO, behaviour: oneOf(BEHAVIOURS) },
    'One direction, from runs that nothing hid. Where "exact" is false, "pathMtu" is a lower bound.',
  ),
  JudgementSummary: object(JUDGEMENT, 'What a path amounts to, by the last run whose view nothing hid.'),
  Judgement: object({ ...JUDGEMENT, report: REPORT }, 'The same with the report that says so.'),
  PathSummary: object(
    { ...PATH, judgement: nullable(named('JudgementSummary')), sentence: TEXT },
    'One address of one target over one transport.',
  ),
  PathDetail: object(
    { ...PATH, judgement: nullable(named('Judgement')), sentence: TEXT, picture: listOf(TEXT) },
    'A path with all that is known of it; "picture" is a drawing in plain text, one line for each direction.',
  ),
  HistoryPoint: object(
    {
      at: INSTANT,
      verdict: VERDICT,
      masked: YES_OR_NO,
      forward: named('KnownDirection'),
      reverse: named('KnownDirection'),
      rttMs: nullable({ type: 'number' }),
      durationMs: { type: 'number' },
    },
    'One run of one path.',
  ),
};
