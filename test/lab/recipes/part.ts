/** A piece of a recipe, as it stands in the file. */

import { type Mapping, mappings, yaml } from '../../unit/examples/files.ts';

/** The mapping called `name`: an item of a list, or what stands under this key. */
export function part(file: string, name: string): Mapping {
  const found = [...mappings(yaml(file), '')].find(({ where }) => where.endsWith(`/${name}`));
  if (found === undefined) throw new Error(`${file} has no ${name}`);
  return found.mapping;
}
