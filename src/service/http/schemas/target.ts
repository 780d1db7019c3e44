/** What is configured, and what became of it. */

import { RANKED_VERDICTS } from '../../../contract.ts';
import {
  COUNT,
  INSTANT,
  listOf,
  named,
  nullable,
  object,
  oneOf,
  PATH_ID,
  type Schema,
  SIZE,
  TEXT,
  YES_OR_NO,
} from './shape.ts';

export const TARGET_SCHEMAS: Readonly<Record<string, Schema>> = {
  SlotCounts: object(
    {
      due: COUNT,
      completed: COUNT,
      missed: COUNT,
      cut: COUNT,
      failed: COUNT,
      waiting: COUNT,
      running: COUNT,
    },
    'What became of the times at which a target was due: "due" is the sum of all others.',
  ),
  TargetState: object(
    {
      target: TEXT,
      labels: { type: 'object', additionalProperties: TEXT },
      schedule: TEXT,
      nextAt: nullable(INSTANT),
      lastRunAt: nullable(INSTANT),
      lastDurationMs: nullable({ type: 'number' }),
      problem: nullable(TEXT),
      slots: named('SlotCounts'),
      paths: listOf(PATH_ID),
      isPeer: YES_OR_NO,
      failOn: oneOf(RANKED_VERDICTS),
      expectMtu: nullable(SIZE),
      gating: YES_OR_NO,
    },
    'One configured target, or one peer.',
  ),
  Readiness: object(
    { ready: YES_OR_NO, reasons: listOf(TEXT), pending: YES_OR_NO },
    'Whether every gating target is well; else one line for each that is not.',
  ),
  Overview: object({
    schemaVersion: { type: 'integer', const: 1 },
    version: TEXT,
    startedAt: INSTANT,
    now: INSTANT,
    readiness: named('Readiness'),
    targets: listOf(named('TargetState')),
    paths: listOf(named('PathSummary')),
    hasMesh: YES_OR_NO,
  }),
};
