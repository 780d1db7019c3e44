import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

it('the schema of the report is that of its types: else run "npm run schema"', () => {
  const { scripts } = JSON.parse(readFileSync(`${ROOT}package.json`, 'utf8')) as { scripts: { schema: string } };
  const [generate = ''] = scripts.schema.split(' --out ');
  const [program = '', ...args] = generate.split(' ');
  const { status, stdout } = spawnSync(`node_modules/.bin/${program}`, args, { cwd: ROOT, encoding: 'utf8' });
  expect(status).toBe(0);
  expect(JSON.parse(readFileSync(`${ROOT}docs/report.schema.json`, 'utf8'))).toEqual(JSON.parse(stdout));
});
