/** The few shapes of JSON Schema that the answers are made of. Nothing may be missing, and nothing else may be there. */

export type Schema = Readonly<Record<string, unknown>>;

export const TEXT: Schema = { type: 'string' };
export const COUNT: Schema = { type: 'integer', minimum: 0 };
export const YES_OR_NO: Schema = { type: 'boolean' };
/** ISO 8601 in UTC. */
export const INSTANT: Schema = { type: 'string', format: 'date-time' };
/** A whole IP packet, in bytes. */
export const SIZE: Schema = { type: 'integer', minimum: 0, description: 'Size of a whole IP packet in bytes.' };
export const PATH_ID: Schema = { type: 'string', pattern: '^[0-9a-f]{16}$' };
/** One path of a report: the types of its own are in another document. */
export const REPORT: Schema = {
  type: 'object',
  additionalProperties: true,
  description: 'One entry of "paths" of a report, as in report.schema.json.',
};

export function object(properties: Readonly<Record<string, Schema>>, description?: string): Schema {
  return {
    type: 'object',
    ...(description === undefined ? {} : { description }),
    required: Object.keys(properties),
    additionalProperties: false,
    properties,
  };
}

export function listOf(items: Schema): Schema {
  return { type: 'array', items };
}

export function oneOf(words: readonly (string | number)[]): Schema {
  return { type: typeof words[0] === 'number' ? 'integer' : 'string', enum: [...words] };
}

/** Unknown is `null`, never a missing field. */
export function nullable(schema: Schema): Schema {
  return { anyOf: [schema, { type: 'null' }] };
}

/** One of the named schemas. */
export function named(id: string): Schema {
  return { $ref: `${id}#` };
}
