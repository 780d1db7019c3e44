/** Every named schema: answers are written by them, and the OpenAPI document shows the same. */

import { EVENT_SCHEMAS } from './event.ts';
import { MESH_SCHEMAS } from './mesh.ts';
import { PATH_SCHEMAS } from './path.ts';
import { object, type Schema, TEXT } from './shape.ts';
import { TARGET_SCHEMAS } from './target.ts';

export const SCHEMAS: Readonly<Record<string, Schema>> = {
  ...PATH_SCHEMAS,
  ...TARGET_SCHEMAS,
  ...EVENT_SCHEMAS,
  ...MESH_SCHEMAS,
  Refusal: object({ error: TEXT, message: TEXT }, 'Why there is no answer; nothing of the question stands in it.'),
};
