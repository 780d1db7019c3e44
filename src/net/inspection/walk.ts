/** What goes to the walker and comes back from it: one request, and one line of JSON for each namespace, in any order. */

import type { InspectionAnswer } from '../../layers/seen.ts';

export interface WalkRequest {
  readonly namespaces: readonly WalkedNamespace[];
}

export interface WalkedNamespace {
  /** Which one is meant, `net:[4026531840]`: by the time that the path is opened another one may be there. */
  readonly netns: string;
  readonly path: string;
}

export interface WalkLine {
  readonly netns: string;
  readonly answer: InspectionAnswer;
}
