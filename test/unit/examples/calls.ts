/** Every call of mtu-probe in the files of `examples`: in a shell, or as the words of a container. */

import {
  isMapping,
  JENKINSFILES,
  type Mapping,
  mappings,
  onlyDocument,
  read,
  strings,
  YAML_FILES,
  yaml,
} from './files.ts';
import { allBlocks, parseJenkinsfile, stringOf } from './jenkinsfile.ts';
import { shellParts } from './shell-parts.ts';

export interface Call {
  readonly where: string;
  /** Without the name of the program. */
  readonly words: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

const PROGRAM = /^(\/usr\/bin\/)?mtu-probe$/;
const IMAGE = /^mtu-probe(:[\w.-]+)?$/;
/** Its CMD (examples/shell/Dockerfile). */
const SERVICE_OF_SHELL_IMAGE = ['watch'];

export function calls(): readonly Call[] {
  return [...inShells(), ...YAML_FILES.flatMap((path) => inContainers(yaml(path), path)), ...inPods()];
}

function inShells(): Call[] {
  return shellParts().flatMap(({ where, script }) =>
    simpleCommands(script).flatMap((words) => {
      const at = words.findIndex((word) => PROGRAM.test(word) || IMAGE.test(word));
      return at === -1 || handlesImage(words) ? [] : [{ where, words: words.slice(at + 1), env: {} }];
    }),
  );
}

/** As in `docker save mtu-probe`. */
function handlesImage([program, verb]: readonly string[]): boolean {
  return program === 'docker' && verb !== 'run' && verb !== 'exec';
}

function inPods(): Call[] {
  return JENKINSFILES.flatMap((path) =>
    [...allBlocks(parseJenkinsfile(read(path)))]
      .filter(({ name }) => name === 'yaml')
      .flatMap(({ text }) => inContainers(onlyDocument(stringOf(text), path), path)),
  );
}

function inContainers(tree: unknown, path: string): Call[] {
  return [...mappings(tree, path)].flatMap(({ where, mapping }) => {
    const [kind, program = '', ...words] = strings(mapping['test']);
    if (kind === 'CMD' && PROGRAM.test(program)) return [{ where, words, env: {} }];
    const image = [mapping['image'], mapping['name']].find((name) => typeof name === 'string' && IMAGE.test(name));
    if (image === undefined) return [];
    const env = { ...pairs(mapping['environment']), ...pairs(mapping['env']), ...pairs(mapping['variables']) };
    const given = ['entrypoint', 'command', 'args'].flatMap((key) => strings(mapping[key]));
    if (given.length === 0) {
      const isService = Object.keys(env).some((name) => name.startsWith('MTU_PROBE_'));
      return isService ? [{ where, words: SERVICE_OF_SHELL_IMAGE, env }] : [];
    }
    const isShell = typeof mapping['command'] === 'string' || given[0] === '/bin/sh';
    return isShell ? [] : [{ where, words: PROGRAM.test(given[0] ?? '') ? given.slice(1) : given, env }];
  });
}

/** A mapping, or a list of mappings with name and value as in Kubernetes. */
function pairs(value: unknown): Record<string, string> {
  if (Array.isArray(value)) return Object.assign({}, ...value.filter(isMapping).map(nameAndValue));
  return isMapping(value) ? Object.fromEntries(Object.entries(value).map(([name, one]) => [name, String(one)])) : {};
}

function nameAndValue(mapping: Mapping): Record<string, string> {
  return { [String(mapping['name'])]: String(mapping['value']) };
}

/** The words of each command, without their quotes. What stands in quotes is one word, whatever is in it. */
function simpleCommands(script: string): string[][] {
  const commands: string[][] = [[]];
  const lines = script.replaceAll('\\\n', ' ').replace(/^\s*#.*$/gm, '');
  for (const [token] of lines.matchAll(/[ \t]+|[;|&<>()\n]+|(?:'[^']*'|"(?:[^"\\]|\\.)*"|[^\s;|&<>()'"])+/g)) {
    if (/^[;|&<>()\n]/.test(token)) commands.push([]);
    else if (token.trim() !== '') commands.at(-1)?.push(token.replace(/^(['"])(.*)\1$/s, '$2'));
  }
  return commands.filter((words) => words.length > 0);
}
