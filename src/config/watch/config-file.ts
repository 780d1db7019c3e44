/** Which file is read, and its text. */

import { UsageError } from '../../errors.ts';
import { oneLine } from '../../report/printable.ts';
import { configVariable, type Environment } from './from-environment.ts';
import { configFlag } from './from-flags.ts';
import type { ReadFile } from './outside.ts';
import { CONFIG_SETTING } from './settings.ts';

/** The first that exists: beside what is tried out, then where an image or a package has it. */
export const USUAL_FILES = ['mtu-probe.yaml', '/etc/mtu-probe/mtu-probe.yaml'] as const;

/** A thousand targets with all their keys take half of it. */
const LARGEST_FILE = 1024 * 1024;

export interface ConfigFile {
  readonly file: string;
  readonly text: string;
}

/** @returns `null` when none is named and none of the usual ones exists. @throws UsageError. */
export async function readConfigFile(values: unknown, env: Environment, read: ReadFile): Promise<ConfigFile | null> {
  const [flag, variable] = [configFlag(values), configVariable(env)];
  if (flag !== null) return named(CONFIG_SETTING.flag, flag, read);
  if (variable !== null) return named(CONFIG_SETTING.variable, variable, read);
  for (const file of USUAL_FILES) {
    const bytes = await bytesOf(file, file, read);
    if (bytes !== null) return { file, text: textOf(bytes, file) };
  }
  return null;
}

async function named(by: string, file: string, read: ReadFile): Promise<ConfigFile> {
  if (file.trim() === '') throw new UsageError(`${by} is empty: name a file, or leave it out`);
  const bytes = await bytesOf(file, `${by} ${file}`, read);
  if (bytes === null) throw cannotBeRead(`${by} ${file}`, 'ENOENT');
  return { file, text: textOf(bytes, file) };
}

async function bytesOf(file: string, name: string, read: ReadFile): Promise<Uint8Array | null> {
  try {
    return await read(file, LARGEST_FILE);
  } catch (error) {
    throw cannotBeRead(name, error instanceof Error && 'code' in error ? String(error.code) : String(error));
  }
}

function cannotBeRead(name: string, why: string): UsageError {
  return new UsageError(oneLine(`${name} cannot be read (${why}): name a file that exists and is yours`));
}

function textOf(bytes: Uint8Array, file: string): string {
  if (bytes.byteLength > LARGEST_FILE)
    throw new UsageError(oneLine(`${file} is larger than 1 MiB: is it another file?`));
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UsageError(oneLine(`${file} is no text in UTF-8: is it another file?`));
  }
}
