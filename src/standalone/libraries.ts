/**
 * Libraries that only the service needs. They are larger than all else, and V8 reads the whole script of an executable
 * before the first line of it runs: in a script of their own, whoever starts a run does not wait for them.
 */

import { createRequire } from 'node:module';
import { getAsset } from 'node:sea';
import { compileFunction } from 'node:vm';

/** Each loads its library when it is called, once. */
type Libraries = Readonly<Record<string, () => unknown>>;

let libraries: Libraries | null = null;

/**
 * @param file name of the asset with the script.
 * @param name as a module is imported by it.
 */
export function loadLibrary(file: string, name: string): unknown {
  libraries ??= evaluate(file);
  return libraries[name]?.();
}

function evaluate(file: string): Libraries {
  const part = { exports: {} as Libraries };
  const wrapper = compileFunction(getAsset(file, 'utf8'), ['module', 'exports', 'require'], { filename: file });
  wrapper(part, part.exports, createRequire(process.execPath));
  return part.exports;
}
