/** Where a value comes from, and how a message says so. */

import { UsageError } from '../../errors.ts';
import { oneLine } from '../../report/printable.ts';

export type Source =
  | { readonly kind: 'flag'; readonly flag: string }
  | { readonly kind: 'environment'; readonly variable: string }
  | { readonly kind: 'file'; readonly file: string };

export interface Place {
  readonly source: Source;
  /** Within the file, or within the value of flag or variable: `targets[1].minMtu`; empty for the whole. */
  readonly path: string;
  /** `null` outside of a file. */
  readonly line: number | null;
}

/** A place within one. */
export function inside(place: Place, part: string | number, line: number | null = place.line): Place {
  const step = typeof part === 'number' ? `[${part}]` : place.path === '' ? part : `.${part}`;
  return { source: place.source, path: `${place.path}${step}`, line: place.source.kind === 'file' ? line : null };
}

/** As whoever wrote it calls it: `history.path`, `--history`, `minMtu of --target`. */
export function nameOf({ source, path }: Place): string {
  if (source.kind === 'file') return path;
  const name = source.kind === 'flag' ? source.flag : source.variable;
  return path === '' ? name : `${path} of ${name}`;
}

/** As a comment says it: `mtu-probe.yaml:7`, `--history`. */
export function whereIs({ source, line }: Place): string {
  if (source.kind === 'flag') return source.flag;
  if (source.kind === 'environment') return source.variable;
  return line === null ? source.file : `${source.file}:${line}`;
}

/** @param message which names the thing. @returns an error of one line, which begins with file and line if there are. */
export function fault(place: Place, message: string): UsageError {
  return new UsageError(oneLine(place.source.kind === 'file' ? `${whereIs(place)}: ${message}` : message));
}

/** @throws UsageError that begins with the name of the thing. */
export function refuse(place: Place, what: string): never {
  throw fault(place, `${nameOf(place)} ${what}`.trim());
}

/**
 * @param text of the thing; empty where that is a secret. @param earlier the same one, in the same list or mapping.
 * @throws UsageError.
 */
export function refuseTwice(place: Place, text: string, earlier: Place): never {
  const again = earlier.line === null ? '' : `, in line ${earlier.line} as well`;
  refuse(place, `${text} is there twice${again}: leave one out`.trim());
}
