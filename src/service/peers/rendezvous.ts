/**
 * Rendezvous hashing (Thaler and Ravishankar, "Using name-based mappings to increase hit rates", IEEE/ACM Transactions
 * on Networking 6(1), 1998): every agent gives every peer a weight, and nobody has to agree on anything.
 *
 * Each agent orders its peers differently, so that all of them together spread over all of them. These are no secrets:
 * who chooses its name chooses its weights.
 */

/** Weights are whole numbers from 0 to one less than this. */
export const WEIGHTS = 2 ** 32;

/** FNV-1a with 32 bits (Fowler, Noll and Vo), over UTF-16 units: of addresses and host names these are the bytes. */
export function nameWord(name: string): number {
  let hash = 0x811c9dc5; // FNV offset basis
  for (let at = 0; at < name.length; at += 1) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193); // FNV prime
  return hash >>> 0;
}

/** How much one agent prefers another: not the same the other way round. Takes what `nameWord` gave for each. */
export function weight(self: number, peer: number): number {
  return finish(mixIn(mixIn(0, self), peer), 8);
}

/** One block of MurmurHash3_x86_32 (Appleby, MurmurHash3.cpp; its constants). */
export function mixIn(hash: number, word: number): number {
  const mixed = Math.imul(rotate(Math.imul(word, 0xcc9e2d51), 15), 0x1b873593);
  return (Math.imul(rotate(hash ^ mixed, 13), 5) + 0xe6546b64) | 0;
}

/** The end of MurmurHash3_x86_32: its `fmix32`. */
export function finish(hash: number, bytes: number): number {
  const whole = hash ^ bytes;
  const first = Math.imul(whole ^ (whole >>> 16), 0x85ebca6b);
  const second = Math.imul(first ^ (first >>> 13), 0xc2b2ae35);
  return (second ^ (second >>> 16)) >>> 0;
}

function rotate(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}
