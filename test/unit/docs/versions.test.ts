/** One version and one name of the image: package.json says them, and whatever a user reads or copies agrees. */

import { describe, expect, it } from 'vitest';
import { EXAMPLES, filesUnder, read } from '../examples/files.ts';

const { version, name } = JSON.parse(read('package.json')) as { version: string; name: string };

const FILES = [
  'README.md',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'ARCHITECTURE.md',
  'Dockerfile',
  'docker-compose.yml',
  'action.yml',
  ...['docs', 'deploy', 'examples', 'scripts'].flatMap(filesUnder),
].map((path) => ({ path, text: read(path) }));

/** With the tag behind it, whatever registry stands before it; not the port of `http://mtu-probe:9482`. */
const IMAGE = /(?<!\/\/)\bmtu-probe:(?!\d+\b(?!\.))(\w+(?:[.-]\w+)*)/g;
/** As npm and GitHub write it. */
const RELEASE = /\bmtu-probe@v?(\w+(?:[.-]\w+)*)/g;

function found(pattern: RegExp): { path: string; tag: string }[] {
  return FILES.flatMap(({ path, text }) => [...text.matchAll(pattern)].map(([, tag = '']) => ({ path, tag })));
}

describe('the version', () => {
  it.each([...new Set(found(IMAGE).map(({ path }) => path))])('of every image in %s', (path) => {
    const tags = found(IMAGE).flatMap((one) => (one.path === path ? [one.tag] : []));
    expect(tags.filter((tag) => tag !== version && tag !== `${version}-shell`)).toEqual([]);
  });

  it('is in every recipe', () => {
    const recipes = EXAMPLES.filter((path) => /\/(preflight|service|sidecar)\./.test(path));
    const named = new Set(found(IMAGE).map(({ path }) => path));
    // Buildkite's names it in docker-compose.yml beside it.
    expect(recipes.filter((path) => !named.has(path))).toEqual(['examples/buildkite/sidecar.yml']);
  });

  it('of the action and the package', () => {
    expect(found(RELEASE).filter(({ tag }) => tag !== version)).toEqual([]);
    expect(found(RELEASE).map(({ path }) => path)).toContain('examples/github/preflight.yml');
  });

  it('of lock file, image and changelog', () => {
    const lock = JSON.parse(read('package-lock.json')) as { name: string; version: string };
    const [label] = /(?<=image\.version=")[^"]*/.exec(read('Dockerfile')) ?? [];
    const [newest] = /(?<=^## \[)[^\]]*/m.exec(read('CHANGELOG.md')) ?? [];
    expect([name, lock.name]).toEqual(['mtu-probe', 'mtu-probe']);
    expect([lock.version, label, newest]).toEqual([version, version, version]);
  });
});

/** Images of others, and plugins: one version of each in all recipes. */
describe('what the recipes take from others', () => {
  const recipes = FILES.filter(({ path }) => path.startsWith('examples/'));
  const texts = recipes.map(({ text }) => text).join('\n');

  it('images', () => {
    const named = [...texts.matchAll(/^(?: *(?:- )?image: |FROM )'?([\w./-]+(?::[\w.-]+)?)'?(?= AS |$)/gm)];
    const images = named.map(([, image = '']) => image).filter((image) => !image.startsWith('mtu-probe'));
    expect([...new Set(images)].sort()).toEqual([
      'alpine',
      // Made by the scene of examples/docker-in-docker itself.
      'base',
      'debian:bookworm-slim',
      'docker:cli',
      'docker:dind',
      'ruby:3.3',
    ]);
  });

  it('actions and plugins', () => {
    const uses = [...texts.matchAll(/[\w./-]+(?:@v|#v)[\w.]+/g)].map(([word]) => word);
    expect([...new Set(uses)].sort()).toEqual([
      'actions/checkout@v4',
      'docker#v5.13.0',
      'docker-compose#v5.14.0',
      `your-org/mtu-probe@v${version}`,
    ]);
  });
});
