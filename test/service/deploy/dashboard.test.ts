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

const DASHBOARD = JSON.parse(document('deploy/grafana/mtu-probe.json')) as {
  readonly uid: string;
  readonly panels: readonly Panel[];
  readonly annotations: { readonly list: readonly { readonly expr: string }[] };
  readonly templating: { readonly list: readonly { readonly name: string; readonly definition: string }[] };
  readonly __inputs: readonly { readonly name: string }[];
  readonly __requires: readonly { readonly type: string; readonly id: string }[];
};
const { panels, annotations, templating } = DASHBOARD;
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
    expect([...EXPRESSIONS, ...templating.list.map(({ definition }) => definition)].flatMap(strangersIn)).toEqual([]);
  });

  it('takes its variables and its source from whoever imports it', () => {
    expect(DASHBOARD.__inputs.map(({ name }) => name)).toEqual(['DS_PROMETHEUS']);
    const sources = new Set(
      [...JSON.stringify(DASHBOARD).matchAll(/"datasource":\{"type":"prometheus","uid":"([^"]*)"/g)].map(
        ([, uid]) => uid,
      ),
    );
    expect([...sources]).toEqual(['$' + '{DS_PROMETHEUS}']);
    const asked = new Set([...EXPRESSIONS.join().matchAll(/\$(?!__)(\w+)/g)].map(([, name]) => name));
    expect([...asked].sort()).toEqual(templating.list.map(({ name }) => name).sort());
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
