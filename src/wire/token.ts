/**
 * Who a probe is, in its payload: eight random bytes of the channel, then the probe's number. Nobody who did not see
 * the probe can answer it.
 */

export const NONCE_SIZE = 8;
export const TOKEN_SIZE = NONCE_SIZE + 4;

/** Overwrites the first `TOKEN_SIZE` bytes of a payload. */
export function writeToken(payload: Uint8Array, nonce: Uint8Array, id: number): void {
  payload.set(nonce.subarray(0, NONCE_SIZE));
  new DataView(payload.buffer, payload.byteOffset, payload.byteLength).setUint32(NONCE_SIZE, id);
}

/**
 * @returns the probe's number; `null` when the token is another channel's; `'cut'` when the payload is too short to
 *   hold a whole token and what there is of it fits.
 */
export function readToken(payload: Uint8Array, nonce: Uint8Array): number | 'cut' | null {
  const compared = Math.min(payload.byteLength, NONCE_SIZE);
  for (let at = 0; at < compared; at += 1) if (payload[at] !== nonce[at]) return null;
  if (payload.byteLength < TOKEN_SIZE) return 'cut';
  return new DataView(payload.buffer, payload.byteOffset, payload.byteLength).getUint32(NONCE_SIZE);
}
