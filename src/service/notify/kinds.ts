/** Which events are worth a notification: of every kind it is said here, and why. */

import type { EventKind, ServiceEvent } from '../contract.ts';

export interface Choice {
  /** `when-not-clear`: only when the path has anything to tell. */
  readonly notified: 'always' | 'when-not-clear' | 'never';
  readonly reason: string;
}

export const CHOICES: Readonly<Record<EventKind, Choice>> = {
  'path-found': {
    notified: 'when-not-clear',
    reason: 'a path that is clear from the start is no news; one that is not would never be told of otherwise',
  },
  'verdict-changed': { notified: 'always', reason: 'something broke, or was repaired' },
  'path-mtu-changed': { notified: 'always', reason: 'what was configured to the old number may be wrong now' },
  masked: { notified: 'never', reason: 'this host remembers a path MTU for minutes; the last verdict stands' },
  unmasked: { notified: 'never', reason: 'as masked' },
  'path-gone': { notified: 'never', reason: 'the addresses behind a name change all day' },
  'target-failed': { notified: 'always', reason: 'nobody looks at the target any more' },
  'target-recovered': { notified: 'always', reason: 'the end of target-failed' },
  'slot-missed': { notified: 'never', reason: 'an overloaded host would tell of nothing else; the metrics count it' },
  started: { notified: 'never', reason: 'whoever starts the service knows' },
  stopped: { notified: 'never', reason: 'whoever stops the service knows; a crash says nothing, but the metrics end' },
  reloaded: { notified: 'never', reason: 'whoever changed the configuration knows' },
  'reload-refused': { notified: 'never', reason: 'it is in the log, in the metrics and in the alert rules' },
  ready: { notified: 'never', reason: 'it follows from a verdict, which is told' },
  'not-ready': { notified: 'never', reason: 'it follows from a verdict, which is told' },
};

export function isNotified({ kind, after }: Pick<ServiceEvent, 'kind' | 'after'>): boolean {
  const { notified } = CHOICES[kind];
  if (notified === 'when-not-clear') return after !== null && after.verdict !== 'clear';
  return notified === 'always';
}
