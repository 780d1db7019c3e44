import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { stringify } from 'yaml';
import { VERDICTS } from '../../../src/contract.ts';
import { document } from '../../unit/docs/documents.ts';
import { strangersIn } from './metric-names.ts';
import { complaintsOfPromtool } from './promtool.ts';

interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets: readonly { readonly expr: string; readonly refId: string }[];
}

type Variable =
  | { readonly name: string; readonly type: 'query'; readonly definition: string }
  | { readonly name: string; readonly type: 'datasource'; readonly query: string };

const DASHBOARD = JSON.parse(document('deploy/grafana/mtu-probe.json')) as {
  readonly uid: string;
  readonly panels: readonly Panel[];
  readonly annotations: { readonly list: readonly { readonly expr: string }[] };
  readonly templating: { readonly list: readonly Variable[] };
  readonly __requires: readonly { readonly type: string; readonly id: string }[];
};
const { panels, annotations, templating } = DASHBOARD;
const CHOICES = templating.list.filter((variable) => variable.type === 'query');
const EXPRESSIONS = [...panels.flatMap(({ targets }) => targets), ...annotations.list].map(({ expr }) => expr);

describe('the dashboard', () => {
  it('asks in words that Prometheus understands', () => {
    const folder = mkdtempSync(join(tmpdir(), 'mtu-probe-dashboard-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    // Grafana puts values for these in; it is PromQL only then.
    const filled = EXPRESSIONS.map((expr) =>
      expr.replaceAll('$__rate_interval', '5m').replaceAll(/\$(instance|target)\b/g, '.*'),
    );
    expect(filled.filter((expr) => expr.includes('$'))).toEqual([]);
    const rules = filled.map((expr, index) => ({ record: `panel:${index}`, expr }));
    const file = join(folder, 'expressions.yml');
    writeFileSync(file, stringify({ groups: [{ name: 'dashboard', rules }] }));
    expect(EXPRESSIONS.length).toBeGreaterThan(15);
    expect(complaintsOfPromtool('check', 'rules', file)).toBe('');
  });

  it('asks for metrics that there are', () => {
    expect([...EXPRESSIONS, ...CHOICES.map(({ definition }) => definition)].flatMap(strangersIn)).toEqual([]);
  });

  it('takes its variables and its source from whoever looks at it', () => {
    const sources = templating.list.filter((variable) => variable.type === 'datasource');
    expect(sources).toMatchObject([{ name: 'DS_PROMETHEUS', query: 'prometheus' }]);
    const asked = new Set(
      [...JSON.stringify(DASHBOARD).matchAll(/"datasource":\{"type":"prometheus","uid":"([^"]*)"/g)].map(
        ([, uid]) => uid,
      ),
    );
    expect([...asked]).toEqual(['$' + '{DS_PROMETHEUS}']);
    const used = new Set([...EXPRESSIONS.join().matchAll(/\$(?!__)(\w+)/g)].map(([, name]) => name));
    expect([...used].sort()).toEqual(CHOICES.map(({ name }) => name).sort());
    // Only an import would ask for these; a file of Grafana's provisioning, or a ConfigMap, has no one to ask.
    expect(DASHBOARD).not.toHaveProperty('__inputs');
  });

  it('requires the panels that it has', () => {
    const required = DASHBOARD.__requires.filter(({ type }) => type === 'panel').map(({ id }) => id);
    expect(required).toEqual([...new Set(panels.map(({ type }) => type))].sort());
  });

  it('ranks every verdict, in the table and over time', () => {
    for (const title of ['Verdicts, worst first', 'Verdicts over time']) {
      const [target] = panels.find((panel) => panel.title === title)?.targets ?? [];
      const ranked = [...(target?.expr ?? '').matchAll(/verdict="([\w-]+)"/g)].map(([, verdict]) => verdict);
      expect(ranked.sort()).toEqual([...VERDICTS].sort());
    }
  });

  it('has panels that do not cover each other', () => {
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, index) => `${x + (index % w)},${y + Math.floor(index / w)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
    expect(panels.filter(({ gridPos: { x, w } }) => x + w > 24)).toEqual([]);
  });
});
