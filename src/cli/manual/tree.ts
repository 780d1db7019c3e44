/** Which commands stand below which. */

import type { CommandModel } from './command-model.ts';

export interface Child {
  /** The last word of its name. */
  readonly word: string;
  readonly help: string;
}

export function childrenOf({ name }: CommandModel, models: readonly CommandModel[]): Child[] {
  const start = name === '' ? '' : `${name} `;
  return models
    .filter((model) => model.name !== '' && model.name.startsWith(start))
    .map((model) => ({ word: model.name.slice(start.length), help: model.help }))
    .filter(({ word }) => !word.includes(' '));
}
