/** Whether a request brings the token. */

import { createHash, timingSafeEqual } from 'node:crypto';

/** Both ways are named: a browser asks for a password only where it reads of Basic. */
export const CHALLENGES = ['Bearer realm="mtu-probe"', 'Basic realm="mtu-probe", charset="UTF-8"'] as const;

/**
 * @param authorization the header, if there was one. `Basic` has the token as its password, with any user name: so a
 *   browser opens the dashboard, and its EventSource, which can send no header of its own, works.
 */
export function bringsToken(authorization: string | undefined, token: string): boolean {
  // RFC 9110 §11.4: the scheme is case-insensitive.
  const [, scheme = '', credentials = ''] = /^(bearer|basic) +(\S+) *$/i.exec(authorization ?? '') ?? [];
  if (scheme === '') return false;
  return isSame(scheme.toLowerCase() === 'basic' ? passwordOf(credentials) : credentials, token);
}

/** RFC 7617 §2: user name and password, the first colon between them. */
function passwordOf(credentials: string): string {
  const text = Buffer.from(credentials, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon < 0 ? '' : text.slice(colon + 1);
}

/** How long it takes depends on nothing of the token: its hash has one length, and is compared as a whole. */
function isSame(given: string, token: string): boolean {
  return timingSafeEqual(hash(given), hash(token));
}

function hash(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
