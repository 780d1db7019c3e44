import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { document, explained } from '../../unit/docs/documents.ts';
import { strangersIn } from './metric-names.ts';
import { complaintsOfPromtool } from './promtool.ts';

const RULES = 'deploy/prometheus/mtu-probe.rules.yml';
const TESTS = 'deploy/prometheus/mtu-probe.rules.test.yml';

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly labels: { readonly severity: string };
  readonly annotations: Readonly<Record<string, string>>;
}

const { groups } = parse(document(RULES)) as { readonly groups: readonly { readonly rules: readonly Rule[] }[] };
const ALERTS = groups.flatMap(({ rules }) => rules);
const NAMES = ALERTS.map(({ alert }) => alert);

describe('the alert rules', () => {
  it('are taken by Prometheus', () => {
    expect(complaintsOfPromtool('check', 'rules', RULES)).toBe('');
  });

  it('fire when they should, with the words that they should, and not when they should not', () => {
    expect(complaintsOfPromtool('test', 'rules', TESTS)).toBe('');
  });

  it('are each tried both ways', () => {
    interface Check {
      readonly alertname: string;
      readonly exp_alerts: readonly unknown[];
    }
    const { tests } = parse(document(TESTS)) as { readonly tests: { readonly alert_rule_test: readonly Check[] }[] };
    const checks = tests.flatMap(({ alert_rule_test }) => alert_rule_test);
    const tried = (fires: boolean): Set<string> =>
      new Set(checks.filter((check) => check.exp_alerts.length > 0 === fires).map(({ alertname }) => alertname));
    expect([...tried(true)].sort()).toEqual([...NAMES].sort());
    expect([...tried(false)].sort()).toEqual([...NAMES].sort());
  });

  it('ask for metrics that there are', () => {
    expect(ALERTS.flatMap(({ expr }) => strangersIn(expr))).toEqual([]);
  });

  it('say what is wrong, and where it is explained', () => {
    for (const { alert, annotations } of ALERTS) {
      expect(Object.keys(annotations)).toEqual(['summary', 'description', 'runbook']);
      expect(annotations['runbook']).toBe(`docs/alerts.md#${alert.toLowerCase()}`);
    }
  });

  it('are each explained in docs/alerts.md with their severity, and no other', () => {
    const sections = explained(document('docs/alerts.md')).map(({ code, text }) => [
      code,
      /^\*(\w+)\.\*/.exec(text)?.[1],
    ]);
    expect(sections).toEqual(ALERTS.map(({ alert, labels }) => [alert, labels.severity]));
  });
});
