/** A secret in a file of its own: on the command line everybody on the host could read it. */

import { readFileSync } from 'node:fs';
import { UsageError } from '../errors.ts';

const SHORTEST = 16; // RFC 2104 §3: shorter than the mac, the secret is easier to guess than the mac
const LONGEST = 4096;

/** Line breaks at the end do not count: editors add them. @param option that named it. @throws UsageError when it cannot be used. */
export function readSecretFile(file: string, option = '--secret-file'): Uint8Array {
  const secret = contentOf(file, option);
  let end = secret.byteLength;
  while (end > 0 && (secret[end - 1] === 0x0a || secret[end - 1] === 0x0d)) end -= 1;
  if (end < SHORTEST || end > LONGEST) {
    throw new UsageError(
      `${option} ${file} has ${end} bytes: give it ${SHORTEST} to ${LONGEST}, as "openssl rand -hex 32" makes them`,
    );
  }
  return secret.subarray(0, end);
}

function contentOf(file: string, option: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(`${option} ${file} cannot be read (${code}): name a file that exists and is yours`);
  }
}
