import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const { scripts } = JSON.parse(readFileSync(`${ROOT}package.json`, 'utf8')) as { scripts: { schema: string } };
const GENERATED = scripts.schema
  .split(' && ')
  .map((command) => command.split(' --out '))
  .filter((parts): parts is [generate: string, file: string] => parts.length === 2)
  .map(([generate, file]) => ({ file, generate }));

it('there is a schema of each report', () => {
  expect(GENERATED.map(({ file }) => file)).toEqual(['docs/report.schema.json', 'docs/layers.schema.json']);
});

it.each(GENERATED)('$file is that of its types: else run "npm run schema"', ({ file, generate }) => {
  const [program = '', ...args] = generate.split(' ');
  const { status, stdout } = spawnSync(`node_modules/.bin/${program}`, args, { cwd: ROOT, encoding: 'utf8' });
  expect(status).toBe(0);
  expect(JSON.parse(readFileSync(`${ROOT}${file}`, 'utf8'))).toEqual(JSON.parse(stdout));
});
