/** Holds what was made of JSON against the schema that is shipped. */

import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';

const SCHEMAS = { report: '../docs/report.schema.json', layers: '../docs/layers.schema.json' } as const;

const validators = new Map<string, ValidateFunction>();

/** @throws Error that names every place which is not as the schema says. */
export function requireValid(report: unknown, kind: keyof typeof SCHEMAS = 'report'): void {
  const validate = validators.get(kind) ?? compiled(kind);
  validators.set(kind, validate);
  if (validate(report)) return;
  const places = (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath || '/'} ${message}`);
  throw new Error(`not as ${SCHEMAS[kind].slice(3)} says: ${places.join('; ')}`);
}

function compiled(kind: keyof typeof SCHEMAS): ValidateFunction {
  const schema: unknown = JSON.parse(readFileSync(new URL(SCHEMAS[kind], import.meta.url), 'utf8'));
  // Unknown is `null`: most types of the report have two names. A range of groups is a pair, with names for its ends.
  return new Ajv({ allErrors: true, allowUnionTypes: true, strictTuples: false }).compile(schema as object);
}
