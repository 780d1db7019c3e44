/** What a shell can offer for the value of an option. */

import { DIRECTION_CHOICES } from '../../config/defaults.ts';
import { LAYERS_FORMATS } from '../../config/layers.ts';
import { FORMATS, LOG_LEVELS, PROBE_METHODS } from '../../config/options.ts';
import { ENVIRONMENTS, RANKED_VERDICTS } from '../../contract.ts';

export type Values =
  /** Nothing is known of it. */
  | { readonly kind: 'free' }
  | { readonly kind: 'words'; readonly words: readonly string[] }
  | { readonly kind: 'file' }
  | { readonly kind: 'interface' }
  /** A word, `=`, and a file. */
  | { readonly kind: 'word-and-file'; readonly words: readonly string[] };

/** By what stands between the angle brackets: one name, one kind of value, in every command. */
const BY_SHAPE: Readonly<Record<string, Values>> = {
  file: { kind: 'file' },
  interface: { kind: 'interface' },
  'format=file': { kind: 'word-and-file', words: FORMATS },
  format: { kind: 'words', words: FORMATS },
  [LAYERS_FORMATS.join('|')]: { kind: 'words', words: LAYERS_FORMATS },
  method: { kind: 'words', words: PROBE_METHODS },
  direction: { kind: 'words', words: DIRECTION_CHOICES },
  verdict: { kind: 'words', words: RANKED_VERDICTS },
  level: { kind: 'words', words: LOG_LEVELS },
  environment: { kind: 'words', words: ENVIRONMENTS },
};

export function valuesOf(shape: string): Values {
  return BY_SHAPE[shape] ?? { kind: 'free' };
}
