/** What a responder's error comes to for people: behind its name, a phrase. */

import { HIGHEST_VERSION, LOWEST_VERSION } from '../wire/responder.ts';
import type { Answer } from '../wire/responder-answer.ts';

export function refusalOf({ code, lowestVersion, highestVersion }: Extract<Answer, { kind: 'error' }>): string {
  switch (code) {
    case 'unsupported-version':
      return (
        `speaks versions ${lowestVersion} to ${highestVersion} of the protocol, and this mtu-probe ${LOWEST_VERSION} to ` +
        `${HIGHEST_VERSION}: bring the older one up to date`
      );
    case 'busy':
      return 'is busy with as many clients as it takes: try again later';
    case 'rate-limited':
      return 'answers less often than it was asked: try again later';
    default:
      return 'refuses for a reason that this version does not know';
  }
}
