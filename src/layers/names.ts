/** What a layer is called, so that whoever reads it knows which one is meant. No two are called the same. */

import { oneLine } from '../report/printable.ts';
import type { LayerKind } from './contract.ts';
import type { SeenNamespace } from './seen.ts';

/** The first digits of a container's id, as `docker ps` prints it. */
const SHORT_ID = 12;
/** A command line is cut behind as much. */
const LONGEST_COMMAND = 40;
/** A namespace and a pod: each may have 63 characters and more (RFC 1123 §2.1), mostly they have a dozen. */
const LONGEST_NAME = 64;

export interface Nameless {
  readonly namespace: SeenNamespace;
  readonly kind: LayerKind;
  /** Whole id. */
  readonly container: string | null;
}

const NODE = 'node';
/** The caller's own, where nothing better is known. */
const HERE = 'here';

/** By `netns`. Of several nodes the plain name is that of the caller's own. */
export function namesOf(layers: readonly Nameless[]): ReadonlyMap<string, string> {
  const ownFirst = [...layers].sort((a, b) => Number(b.namespace.isOwn) - Number(a.namespace.isOwn));
  const plain = ownFirst.map((layer) => ({ layer, name: plainName(layer) }));
  const counts = new Map<string, number>();
  for (const { name } of plain) counts.set(name, (counts.get(name) ?? 0) + 1);
  const names = new Map<string, string>();
  const taken = new Set<string>();
  for (const { layer, name } of plain) {
    const isAlone = counts.get(name) === 1 || (layer.kind === 'node' && !taken.has(name));
    let unique = isAlone ? name : `${name} (${sign(layer)})`;
    while (taken.has(unique)) unique = `${unique} ${layer.namespace.netns}`;
    taken.add(unique);
    names.set(layer.namespace.netns, unique);
  }
  return names;
}

function plainName({ namespace, kind, container }: Nameless): string {
  const { containers, mounts, oldest, netns } = namespace;
  if (kind === 'node') return NODE;
  const pod = containers.find((one) => one.pod !== null)?.pod ?? null;
  if (pod !== null) return cut(`${pod.namespace}/${pod.name}`, LONGEST_NAME);
  const named =
    containers.find(({ id }) => id === container)?.name ?? containers.find(({ name }) => name !== null)?.name;
  const candidates = [
    named ?? '',
    container?.slice(0, SHORT_ID) ?? '',
    mounts[0] === undefined ? '' : `netns ${mounts[0]}`,
    namespace.isOwn ? HERE : '',
  ].map((name) => cut(name, LONGEST_NAME));
  const command = cut(oldest?.words.join(' ') ?? '', LONGEST_COMMAND);
  return [...candidates, command].find((name) => name !== '') ?? inode(netns);
}

/** What tells it from another one of the same name. */
function sign({ namespace: { oldest, netns }, container }: Nameless): string {
  if (container !== null) return cut(container.slice(0, SHORT_ID), SHORT_ID);
  return oldest === null ? inode(netns) : `pid ${oldest.pid}`;
}

function inode(netns: string): string {
  return /\d+/.exec(netns)?.[0] ?? oneLine(netns);
}

/** On one line; by characters as people count them, so that none is torn. */
function cut(text: string, longest: number): string {
  const characters = [...oneLine(text.slice(0, 20 * longest))];
  if (characters.length <= longest) return characters.join('');
  return `${characters
    .slice(0, longest - 1)
    .join('')
    .trimEnd()}…`;
}
