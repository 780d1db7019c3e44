/** A list of targets as people keep it: one a line, `#` begins a comment. */

import { UsageError } from '../errors.ts';

/** One run is no scan of a network. */
const MOST_TARGETS = 1000;

/**
 * @param text of the whole file. @param name of the file, for messages.
 * @returns the targets in their order, each as it was written.
 * @throws UsageError with one line that names file and line.
 */
export function parseTargetList(text: string, name: string): string[] {
  const targets: string[] = [];
  for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
    // A fragment of a URL has no space before its "#", and is never sent.
    const target = line.replace(/(^|\s)#.*$/, '').trim();
    if (target === '') continue;
    const place = `${name}, line ${index + 1}`;
    if (/\s/.test(target)) throw new UsageError(`${place} names more than one target: write one a line`);
    if (target.startsWith('-')) throw new UsageError(`${place} looks like an option: write one target a line`);
    if (/[^\u0020-\ufffd]/.test(target))
      throw new UsageError(`${place} is no text: name a file with one target a line`);
    targets.push(target);
  }
  if (targets.length === 0) throw new UsageError(`${name} names no target: write one a line`);
  if (targets.length > MOST_TARGETS) {
    throw new UsageError(`${name} names ${targets.length} targets: split it, ${MOST_TARGETS} are measured at most`);
  }
  return targets;
}
