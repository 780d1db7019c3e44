/** The token of the HTTP service in a file of its own: on the command line everybody on the host could read it. */

import { UsageError } from '../errors.ts';
import { readSecretFile } from './secret-file.ts';

/** As text, since it travels in a header. @throws UsageError when it cannot be used. */
export function readTokenFile(file: string): string {
  const token = new TextDecoder().decode(readSecretFile(file, '--token-file'));
  // RFC 6750 §2.1 knows fewer characters still; what is not visible ASCII does not survive a header.
  if (/^[\x21-\x7e]+$/.test(token)) return token;
  throw new UsageError(
    `--token-file ${file} has spaces, or more than ASCII: give it one word, as "openssl rand -hex 32" makes it`,
  );
}
