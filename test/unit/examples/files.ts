/** The files that a user would copy, as they stand. */

import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseAllDocuments } from 'yaml';

export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

export function read(path: string): string {
  return readFileSync(`${ROOT}${path}`, 'utf8');
}

/** Paths from the root of the project. */
export function filesUnder(folder: string): string[] {
  return readdirSync(`${ROOT}${folder}`, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`.slice(ROOT.length))
    .sort();
}

export const EXAMPLES: readonly string[] = filesUnder('examples');
export const YAML_FILES: readonly string[] = [...EXAMPLES.filter((path) => /\.ya?ml$/.test(path)), 'action.yml'];
export const JENKINSFILES: readonly string[] = EXAMPLES.filter((path) => path.endsWith('Jenkinsfile'));

/** @throws Error for what is no YAML, or has a key twice. */
export function yaml(path: string): unknown {
  return onlyDocument(read(path), path);
}

export function onlyDocument(text: string, name: string): unknown {
  const [document, ...more] = parseAllDocuments(text, { strict: true, uniqueKeys: true, version: '1.2' });
  if (document === undefined || !('errors' in document) || more.length > 0)
    throw new Error(`${name} is not one document`);
  const [complaint] = [...document.errors, ...document.warnings];
  if (complaint !== undefined) throw new Error(`${name}: ${complaint.message}`);
  return document.toJS();
}

export type Mapping = Readonly<Record<string, unknown>>;

export function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Every mapping in a value, itself first, with where it stands. */
export function* mappings(
  value: unknown,
  where: string,
): Generator<{ readonly where: string; readonly mapping: Mapping }> {
  if (isMapping(value)) yield { where, mapping: value };
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) yield* mappings(inner, `${where}/${nameOf(inner) ?? key}`);
}

/** Of a step: better to read than its number. */
function nameOf(value: unknown): string | null {
  return isMapping(value) && typeof value['name'] === 'string' ? value['name'] : null;
}

/** What is written as one or as several. */
export function strings(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).filter((one): one is string => typeof one === 'string');
}
