/** All that a shell reads in the files of `examples`, action.yml and what that runs. */

import { EXAMPLES, JENKINSFILES, mappings, read, strings, YAML_FILES, yaml } from './files.ts';
import { allBlocks, parseJenkinsfile, stringOf } from './jenkinsfile.ts';

export interface ShellPart {
  readonly where: string;
  readonly shell: 'sh' | 'bash';
  readonly script: string;
}

/** Of composite actions and workflows, whose `run` is for bash (GitHub, Workflow syntax: defaults.run.shell). */
const IS_GITHUB = /^(action\.yml|examples\/github\/)/;

export function shellParts(): readonly ShellPart[] {
  return [...YAML_FILES.flatMap(inYaml), ...JENKINSFILES.flatMap(inJenkinsfile), ...scripts()];
}

function inYaml(path: string): ShellPart[] {
  return [...mappings(yaml(path), path)].flatMap(({ where, mapping }) => {
    const shell = IS_GITHUB.test(path) ? 'bash' : 'sh';
    const lines = [
      ...strings(mapping['before_script']),
      ...strings(mapping['script']),
      ...strings(mapping['commands']),
    ];
    if (IS_GITHUB.test(path)) lines.push(...strings(mapping['run']), ...healthCommand(mapping['options']));
    // A string is for a shell, and so is the last of [sh, …, -c, "…"]; any other list is for none.
    const { command } = mapping;
    if (typeof command === 'string') lines.push(command);
    else if (strings(command)[0] === '/bin/sh') lines.push(strings(command).at(-1) ?? '');
    return lines.length === 0 ? [] : [{ where, shell, script: `${lines.join('\n')}\n` }];
  });
}

/** `docker create --health-cmd` runs a shell in the container. */
function healthCommand(options: unknown): string[] {
  const [, command] = /--health-cmd "([^"]*)"/.exec(typeof options === 'string' ? options : '') ?? [];
  return command === undefined ? [] : [command];
}

function inJenkinsfile(path: string): ShellPart[] {
  const calls = [...allBlocks(parseJenkinsfile(read(path)))].filter(({ name }) => name === 'sh');
  return calls.map(({ text }) => ({ where: `${path}: ${text}`, shell: 'sh', script: `${stringOf(text)}\n` }));
}

function scripts(): ShellPart[] {
  const paths = ['scripts/ci/github-action', ...EXAMPLES.filter((path) => path.endsWith('.sh'))];
  return paths.map((where) => {
    const script = read(where);
    return { where, shell: script.startsWith('#!/bin/sh') ? 'sh' : 'bash', script };
  });
}
