/** "Did you mean": the nearest of a closed list. */

/** One slip in a short word, two in a longer one. */
const MOST_SLIPS = 2;
const SHORT_WORD = 6;

/** @returns the nearest word, or `null` when none is near. Case, hyphens, underscores and dots do not count. */
export function nearest(word: string, words: readonly string[]): string | null {
  const bare = bareOf(word);
  // Right, but somewhere else: "keepFailures", for "history.keepFailures".
  const elsewhere = words.find((candidate) => candidate.endsWith(`.${word}`));
  if (elsewhere !== undefined) return elsewhere;
  let best: string | null = null;
  let least = (bare.length < SHORT_WORD ? 1 : MOST_SLIPS) + 1;
  for (const candidate of words) {
    const other = bareOf(candidate);
    if (Math.abs(other.length - bare.length) >= least) continue;
    const slips = distance(bare, other);
    if (slips < least) [best, least] = [candidate, slips];
  }
  return best;
}

/** @returns ` (did you mean x?)`, or nothing. */
export function didYouMean(word: string, words: readonly string[]): string {
  const found = nearest(word, words);
  return found === null ? '' : ` (did you mean ${found}?)`;
}

function bareOf(word: string): string {
  return word.toLowerCase().replace(/[-_.]/g, '');
}

/** Insertions, deletions, replacements and swaps of neighbours (Damerau 1964, optimal string alignment). */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped =
        i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? (before[j - 2] ?? 0) + 1 : Infinity;
      row.push(Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, replaced, swapped));
    }
    [before, last] = [last, row];
  }
  return last[b.length] ?? 0;
}
