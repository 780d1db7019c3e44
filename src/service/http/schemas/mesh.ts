/** What agents measured of each other. */

import { VERDICT } from './path.ts';
import { COUNT, INSTANT, listOf, named, nullable, object, PATH_ID, type Schema, TEXT } from './shape.ts';

export const MESH_SCHEMAS: Readonly<Record<string, Schema>> = {
  MeshCell: object(
    {
      peer: TEXT,
      verdict: nullable(VERDICT),
      at: nullable(INSTANT),
      forward: nullable(named('KnownDirection')),
      reverse: nullable(named('KnownDirection')),
      pathId: nullable(PATH_ID),
    },
    'One measurement between two agents: forward is from the one that made it to the peer.',
  ),
  MeshRow: object(
    { agent: TEXT, version: TEXT, rounds: COUNT, cells: listOf(named('MeshCell')) },
    'What one agent measured of its peers.',
  ),
  Mesh: object({
    rows: listOf(named('MeshRow')),
    silent: listOf(object({ agent: TEXT, reason: TEXT })),
  }),
};
