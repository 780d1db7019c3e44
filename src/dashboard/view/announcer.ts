/** Says what happened to whoever listens to the page, in turn and without interrupting. */

import { byId, element } from './element.ts';

/** As many as a screen reader gets through; older ones are of no use any more. */
const MOST_LINES = 5;

export function announce(text: string): void {
  const region = byId('announcements');
  region.append(element('p', {}, text));
  while (region.childElementCount > MOST_LINES) region.firstElementChild?.remove();
}
