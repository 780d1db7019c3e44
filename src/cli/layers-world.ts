/** The world as a look at many network namespaces needs it: /proc, engines' sockets, and runs in processes of their own. */

import type { LayersOptions } from '../config/layers.ts';
import type { InspectDeps, LayersDeps } from '../layers/layers.ts';
import type { SeenNamespace } from '../layers/seen.ts';
import { createClock } from '../net/clock.ts';
import { inspectAll } from '../net/inspection/inspect-all.ts';
import { inspectHere } from '../net/inspection/inspect-here.ts';
import type { Entered, Names } from '../net/namespaces/enter.ts';
import { etcOf } from '../net/namespaces/find-place.ts';
import { isThere } from '../net/namespaces/is-there.ts';
import { lookAround } from '../net/namespaces/look-around.ts';
import { measureInside } from '../net/namespaces/measure-inside.ts';
import { closePlace } from '../net/namespaces/open-place.ts';
import { openSeen } from '../net/namespaces/open-seen.ts';
import { noJoining } from '../net/namespaces/privilege.ts';
import { version } from './version.ts';

/** Without the right to join others, of this process's own network alone: that one needs no joining. */
export function inspectDeps(): InspectDeps {
  const refusal = noJoining();
  if (refusal === null) return looking();
  return {
    ...looking(),
    lookAround: async (signal) => {
      const sight = await lookAround(signal);
      return {
        ...sight,
        namespaces: sight.namespaces.filter(({ isOwn }) => isOwn),
        unseen: [`Only the network of this process is shown: ${refusal}.`],
      };
    },
    inspectAll: async (namespaces) =>
      new Map(namespaces.map(({ netns }) => [netns, { kind: 'inspected', inspection: inspectHere() }])),
  };
}

export function layersDeps(
  { words, resolver }: Pick<LayersOptions, 'words' | 'resolver'>,
  onProgress: LayersDeps['onProgress'],
): LayersDeps {
  return {
    ...looking(),
    measure: async (namespace, signal) => {
      const place = await placeOf(namespace, signal);
      try {
        return await measureInside(place, words, signal, namesOf(namespace, resolver));
      } finally {
        closePlace(place);
      }
    },
    isThere,
    onProgress,
  };
}

function looking(): InspectDeps {
  return {
    lookAround,
    inspectAll,
    now: createClock().now,
    timeOfDay: () => new Date().toISOString(),
    version: version(),
  };
}

/** Whose process is there has names and files of its own; where none is, those of here count, as with `ip netns exec`. */
function namesOf({ representative }: SeenNamespace, resolver: LayersOptions['resolver']): Names {
  return resolver === 'here' || representative === null ? 'here' : 'container';
}

async function placeOf(namespace: SeenNamespace, signal: AbortSignal): Promise<Entered> {
  const place = await openSeen(namespace, signal);
  return place.pid === null ? { ...place, etc: etcOf(namespace.path) } : place;
}
