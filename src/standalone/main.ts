/**
 * The whole package as one file: the program that it is asked to be. Without a name it is the command line; the others
 * are what the command line starts for itself (see `shipped.ts`).
 *
 * `scripts/build-standalone` puts this, Node.js, the texts and the native parts together.
 */

import { PROGRAM_OPTION, type ProgramName } from '../shipped.ts';

type Embedded = Extract<
  ProgramName,
  | 'cli/main'
  | 'cli/demo-scene'
  | 'lab/server'
  | 'net/inspection/walker'
  | 'net/namespaces/launcher'
  | 'net/namespaces/look-up'
  | 'net/namespaces/read-files'
  | 'net/route-guard'
>;

const PROGRAMS: Readonly<Record<Embedded, () => Promise<unknown>>> = {
  'cli/main': () => import('../cli/main.ts'),
  'cli/demo-scene': () => import('../cli/demo-scene.ts'),
  'lab/server': () => import('../lab/server.ts'),
  'net/inspection/walker': () => import('../net/inspection/walker.ts'),
  'net/namespaces/launcher': () => import('../net/namespaces/launcher.ts'),
  'net/namespaces/look-up': () => import('../net/namespaces/look-up.ts'),
  'net/namespaces/read-files': () => import('../net/namespaces/read-files.ts'),
  'net/route-guard': () => import('../net/route-guard.ts'),
};

/** A word of the user's never begins like this by chance: it names one of ours, or is an unknown option. */
function takeProgramName(): Embedded {
  const name = process.argv[2]?.startsWith(PROGRAM_OPTION) ? process.argv[2].slice(PROGRAM_OPTION.length) : '';
  if (!Object.hasOwn(PROGRAMS, name)) return 'cli/main';
  process.argv.splice(2, 1);
  return name as Embedded;
}

void PROGRAMS[takeProgramName()]();
