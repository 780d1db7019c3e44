/** What stands in the OpenAPI document of each answer; fastify writes the answers by the same. */

import { REFUSALS, type RefusalCode } from './refusals.ts';
import { named, type Schema } from './schemas/shape.ts';

/** Anybody can meet these, anywhere that needs a token. */
const USUAL: readonly RefusalCode[] = ['unauthorized', 'too-often'];

/** @param refusals besides those that anybody can meet. */
export function answers(schema: Schema, description: string, refusals: readonly RefusalCode[] = []): Schema {
  return { 200: { description, content: { 'application/json': { schema } } }, ...refused([...USUAL, ...refusals]) };
}

export function answersText(type: string, description: string, refusals: readonly RefusalCode[] = []): Schema {
  return {
    200: { description, content: { [type]: { schema: { type: 'string' } } } },
    ...refused([...USUAL, ...refusals]),
  };
}

/** Several can have one status. */
export function refused(codes: readonly RefusalCode[]): Schema {
  const byStatus = new Map<number, string[]>();
  for (const code of codes) {
    const { status, message } = REFUSALS[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), `${code}: ${message}`]);
  }
  const schema = named('Refusal');
  return Object.fromEntries(
    [...byStatus].map(([status, messages]) => [
      status,
      { description: messages.join('; '), content: { 'application/json': { schema } } },
    ]),
  );
}
