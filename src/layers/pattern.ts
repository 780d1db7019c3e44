/** Patterns as people type them: `*` stands for anything, everything else for itself. */

/** The shortest piece of an id that is taken for one: Docker takes a single digit, which is anybody's process id as well. */
const SHORTEST_ID = 4;

/** Without a regular expression: the pattern is what somebody typed, and the text is anybody's. */
export function matches(pattern: string, text: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return text === pattern;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}

/** Whether it is the beginning of an id: of a container, or of a build step (buildkit: identity/randomid.go). */
export function idsMatch(pattern: string, id: string): boolean {
  return pattern.length >= SHORTEST_ID && /^([0-9a-f]{64}|[0-9a-z]{25})$/.test(id) && id.startsWith(pattern);
}
