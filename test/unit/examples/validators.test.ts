/**
 * Each recipe is read by a validator made for its CI system, where npm has one that Node.js alone runs; else its keys are
 * known words of it. What npm has for Jenkins needs Java, and reads Groovy: of stages and steps it knows nothing.
 */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { validateAction, validateWorkflow } from '@action-validator/core';
import { Ajv } from 'ajv';
import { schema } from 'gitlab-ci-local/src/schema/schema.js';
import { Pod } from 'kubernetes-models/v1/Pod';
import { describe, expect, it } from 'vitest';
import {
  EXAMPLES,
  isMapping,
  JENKINSFILES,
  type Mapping,
  mappings,
  onlyDocument,
  ROOT,
  read,
  YAML_FILES,
  yaml,
} from './files.ts';
import { allBlocks, type Block, parseJenkinsfile, stringOf } from './jenkinsfile.ts';

const of = (folder: string): string[] => YAML_FILES.filter((path) => path.startsWith(`examples/${folder}/`));

it.each(YAML_FILES)('%s is YAML, and has no key twice', (path) => {
  expect(isMapping(yaml(path))).toBe(true);
});

// Docker Official Image docker: dockerd-entrypoint.sh puts its own TCP socket before flags, and none before "dockerd".
it('an engine that is to listen on its socket only is not given to a script that adds others', () => {
  const told = EXAMPLES.flatMap((path) => [...read(path).matchAll(/args: (\[[^\]]*--host=[^\]]*\])/g)]);
  expect(told.length).toBeGreaterThan(3);
  for (const [, args] of told) expect(args).toMatch(/^\[dockerd, /);
});

it('each system has a file for before the job and one for beside it', () => {
  const systems = ['buildkite', 'drone', 'github', 'gitlab', 'jenkins', 'tekton', 'woodpecker'];
  const kinds = systems.map((system) => {
    const names = EXAMPLES.filter((path) => path.startsWith(`examples/${system}/`)).map((path) => path.split('/')[2]);
    return names.filter((name) => /^(preflight|service|sidecar)\./.test(name ?? '')).length;
  });
  expect(kinds).toEqual(systems.map(() => 2));
});

describe('GitHub', () => {
  it('action.yml', () => {
    expect(validateAction(read('action.yml'))).toEqual({ actionType: 'action', errors: [] });
    expect(validateAction(read('action.yml').replace('using: composite', 'using: nothing')).errors).not.toEqual([]);
  });

  it.each(of('github'))('%s', (path) => {
    expect(validateWorkflow(read(path))).toEqual({ actionType: 'workflow', errors: [] });
    expect(validateWorkflow(read(path).replace('runs-on:', 'runs:')).errors).not.toEqual([]);
  });

  it('a workflow names inputs and outputs that the action has', () => {
    const action = yaml('action.yml') as { inputs: Mapping; outputs: Mapping };
    const steps = [...mappings(yaml('examples/github/preflight.yml'), '')].map(({ mapping }) => mapping);
    const inputs = steps.flatMap((step) =>
      String(step['uses']).includes('mtu-probe@') ? Object.keys(step['with'] ?? {}) : [],
    );
    const outputs = [...read('examples/github/preflight.yml').matchAll(/steps\.\w+\.outputs\.(\w+)/g)].map(
      ([, name]) => name,
    );
    expect([...new Set(inputs)].sort()).toEqual(['image', 'network', 'targets']);
    expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(inputs));
    expect(outputs).toEqual(['mtu']);
    expect(Object.keys(action.outputs)).toEqual(['verdict', 'mtu']);
  });

  it('no script has an expression in it', () => {
    const scripts = [...of('github'), 'action.yml'].flatMap((path) => [...mappings(yaml(path), path)]);
    const runs = scripts.flatMap(({ mapping }) => (typeof mapping['run'] === 'string' ? [mapping['run']] : []));
    expect(runs.length).toBe(5);
    expect(runs.filter((run) => run.includes('${{'))).toEqual([]);
  });
});

describe('GitLab', () => {
  // The schema that GitLab's own editor uses, as the package has it.
  const validate = new Ajv({ strict: false, logger: false }).compile(schema);

  it.each(of('gitlab'))('%s', (path) => {
    validate(yaml(path));
    expect(validate.errors ?? []).toEqual([]);
    expect(validate(onlyDocument(read(path).replace('script:', 'scripts:'), path))).toBe(false);
  });
});

describe('Tekton', () => {
  const lint = (input: string[]) =>
    spawnSync(process.execPath, [`${ROOT}node_modules/.bin/tekton-lint`, ...input], {
      cwd: ROOT,
      encoding: 'utf8',
      // In its own tests, as NODE_ENV tells them from others, it ends with 0 whatever it finds.
      env: { ...process.env, NODE_ENV: 'production' },
    });

  it('its linter has nothing to say', () => {
    const { status, stdout, stderr } = lint(of('tekton'));
    expect({ status, said: `${stdout}${stderr}`.trim() }).toEqual({ status: 0, said: '' });
  });

  it('its linter complains of a parameter that is not there', () => {
    const folder = mkdtempSync(join(tmpdir(), 'tekton-'));
    try {
      writeFileSync(
        join(folder, 'task.yaml'),
        read('examples/tekton/sidecar.yaml').replace('params.target', 'params.targt'),
      );
      const { status, stdout } = lint([join(folder, 'task.yaml')]);
      expect(status).toBe(1);
      expect(stdout).toContain("Undefined param 'targt'");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

/** For what npm has no validator of: every word that a file of ours uses, and where its documents have it. */
const WORDS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  // Drone, YAML Reference: Docker pipelines.
  drone: {
    '': ['kind', 'type', 'name', 'steps', 'services', 'volumes'],
    steps: ['name', 'image', 'commands', 'volumes'],
    services: ['name', 'image', 'command', 'environment', 'privileged', 'volumes'],
    volumes: ['name', 'temp', 'path'],
  },
  // Woodpecker, Workflow syntax and Services; its linter's schema has the same.
  woodpecker: {
    '': ['steps', 'services'],
    steps: ['name', 'image', 'commands', 'environment'],
    services: ['name', 'image', 'entrypoint', 'environment', 'privileged', 'ports'],
  },
  // Tekton, Tasks; Kubernetes, Container.
  tekton: {
    '': ['apiVersion', 'kind', 'metadata', 'spec'],
    spec: ['description', 'params', 'results', 'steps', 'sidecars', 'volumes'],
    steps: ['name', 'image', 'args', 'env', 'script', 'volumeMounts'],
    sidecars: ['name', 'image', 'args', 'securityContext', 'readinessProbe', 'volumeMounts'],
  },
  // Buildkite, Command step; the plugins' own plugin.yml.
  buildkite: {
    steps: ['label', 'command', 'plugins'],
    'docker#v5.13.0': ['image'],
    'docker-compose#v5.14.0': ['config', 'run', 'command', 'mount-checkout', 'workdir'],
  },
};

describe.each(Object.entries(WORDS))('%s', (folder, words) => {
  it('uses words that its documents have', () => {
    const unknown = of(folder).flatMap((path) =>
      [...members(yaml(path), '')].flatMap(({ place, mapping }) => {
        const known = words[place];
        return known === undefined ? [] : Object.keys(mapping).filter((key) => !known.includes(key));
      }),
    );
    expect(unknown).toEqual([]);
  });
});

/** Mappings with the key that they, or the list that they are in, stand under. */
function* members(value: unknown, place: string): Generator<{ place: string; mapping: Mapping }> {
  if (Array.isArray(value)) for (const one of value) yield* members(one, place);
  if (!isMapping(value)) return;
  yield { place, mapping: value };
  for (const [key, inner] of Object.entries(value)) yield* members(inner, key);
}

describe('Jenkins', () => {
  /** Jenkins, Pipeline Syntax: what may stand in a block. */
  const MAY_HAVE: Readonly<Record<string, readonly string[]>> = {
    pipeline: ['agent', 'stages'],
    stages: ['stage'],
    stage: ['agent', 'steps', 'post'],
    agent: ['docker', 'kubernetes'],
    docker: ['image'],
    kubernetes: ['yaml'],
    post: ['always'],
    always: ['junit'],
    steps: ['sh', 'container'],
    container: ['sh'],
  };

  it.each(JENKINSFILES)('%s', (path) => {
    const blocks = parseJenkinsfile(read(path));
    expect(blocks.map(({ name }) => name)).toEqual(['pipeline']);
    expect([...allBlocks(blocks)].flatMap(misplaced)).toEqual([]);
    const stages = [...allBlocks(blocks)].filter(({ name }) => name === 'stage');
    expect(stages.filter(({ blocks: inner }) => !inner.some(({ name }) => name === 'steps'))).toEqual([]);
    const containers = [...allBlocks(blocks)]
      .filter(({ name }) => name === 'container')
      .map(({ text }) => stringOf(text));
    expect(containers.filter((name) => !containersOf(path).includes(name))).toEqual([]);
  });

  it('its pods are what the schema of Kubernetes wants', () => {
    const pods = JENKINSFILES.map(podOf).filter((pod) => pod !== null);
    expect(pods.length).toBe(1);
    for (const pod of pods) {
      expect(() => new Pod(pod).validate()).not.toThrow();
      const wrong = JSON.parse(JSON.stringify(pod).replace('"command":["sleep","infinity"]', '"command":"sleep"'));
      expect(() => new Pod(wrong).validate()).toThrow('command');
    }
  });

  it('a bracket too few or too many is seen', () => {
    const text = read(JENKINSFILES[0] ?? '');
    expect(() => parseJenkinsfile(text.replace('}', ''))).toThrow('is not closed');
    expect(() => parseJenkinsfile(`${text}}`)).toThrow('closes nothing');
    expect(() => parseJenkinsfile(text.replace("'ruby:3.3'", "'ruby:3.3"))).toThrow();
  });

  function misplaced({ name, blocks }: Block): string[] {
    const known = MAY_HAVE[name] ?? [];
    return blocks.filter((inner) => !known.includes(inner.name)).map((inner) => `${inner.name} in ${name}`);
  }

  function podOf(path: string): ConstructorParameters<typeof Pod>[0] | null {
    const pod = [...allBlocks(parseJenkinsfile(read(path)))].find(({ name }) => name === 'yaml');
    return pod === undefined ? null : (onlyDocument(stringOf(pod.text), path) as ConstructorParameters<typeof Pod>[0]);
  }

  function containersOf(path: string): string[] {
    return podOf(path)?.spec?.containers.map(({ name }) => name) ?? [];
  }
});
