/** Holds what was made of JSON against the schema that is shipped. */

import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';

const SCHEMA = new URL('../docs/report.schema.json', import.meta.url);

let validate: ValidateFunction | null = null;

/** @throws Error that names every place which is not as the schema says. */
export function requireValid(report: unknown): void {
  // Unknown is `null`: most types of the report have two names.
  validate ??= new Ajv({ allErrors: true, allowUnionTypes: true }).compile(JSON.parse(readFileSync(SCHEMA, 'utf8')));
  if (validate(report)) return;
  const places = (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath || '/'} ${message}`);
  throw new Error(`not as docs/report.schema.json says: ${places.join('; ')}`);
}
