/**
 * Where to look next when only few probes may still be lost, and those that arrive cost nothing.
 *
 *   losses to spare   1: one size after the other      3: ten round trips for 175 sizes      many: bisection
 *
 * With `e` losses to spare, `t` probes tell C(t,1) + … + C(t,e) sizes apart (the egg drop puzzle: M. Boardman, "The
 * Egg-Drop Numbers", Mathematics Magazine 77, 2004).
 */

/** How far above what arrives the next probe goes, with `losses` to spare and `sizes` undecided ones above it. */
export function firstDrop(sizes: number, losses: number): number {
  let trips = 1;
  while (drops(trips, losses) < sizes) trips += 1;
  return Math.min(sizes, drops(trips - 1, losses - 1) + 1);
}

/** C(trips, 1) + … + C(trips, losses): how many sizes can be told apart. */
function drops(trips: number, losses: number): number {
  let sum = 0;
  let ways = 1;
  for (let lost = 1; lost <= Math.min(losses, trips); lost += 1) {
    ways = (ways * (trips - lost + 1)) / lost;
    sum += ways;
  }
  return sum;
}
