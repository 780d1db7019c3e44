import type { FindingCode, Severity } from '../../contract.ts';
import type { PathView } from '../view.ts';

/** One finding as data: when it applies, how grave it is, and what it says. */
export interface FindingRule {
  readonly code: FindingCode;
  readonly severity: Severity;
  readonly applies: (view: PathView) => boolean;
  /** One sentence or two for somebody who has never heard of MTU; with the number to configure where there is one. */
  readonly summary: (view: PathView) => string;
  /** What it rests on, and what cannot be known from here. */
  readonly detail: (view: PathView) => string;
}
