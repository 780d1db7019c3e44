/**
 * JUnit XML, as CI systems read it: a suite per target, a test case per path and direction.
 *
 * There is no standard. This keeps to what Jenkins' schema (jenkins-junit.xsd of its xUnit plugin) and GitLab's list of
 * used elements have in common.
 */

import XMLBuilder from 'fast-xml-builder';
import type { DirectionName, PathReport, Report, Skipped } from '../contract.ts';
import { findingWords } from './finding-words.ts';
import type { FormatContext, Threshold } from './formatter.ts';
import { DIRECTIONS, isUnmeasured, type Judgement, judge } from './judgement.ts';
import { placeOf } from './place.ts';
import { oneLine, printable } from './printable.ts';

/** Attributes begin with `@`; what is undefined is not written. */
interface TestCase {
  readonly '@classname': string;
  readonly '@name': string;
  readonly failure?: Complaint;
  readonly error?: Complaint;
  readonly skipped?: Pick<Complaint, '@message'>;
  readonly 'system-out'?: string;
}

interface Complaint {
  readonly '@message': string;
  readonly '@type': string;
  readonly '#text'?: string;
}

const OPTIONS = {
  attributeNamePrefix: '@',
  ignoreAttributes: false,
  format: true,
  suppressEmptyNode: true,
  // An attribute whose value is the word "true" keeps it.
  suppressBooleanAttributes: false,
} as const;

const MS_PER_S = 1000;

export function formatJunit(report: Report, context: FormatContext): string {
  const { paths, skipped, startedAt, durationMs } = report;
  const targets = [...new Set([...paths, ...skipped].map(({ target }) => target))];
  const suites = targets.map((target) => ({ target, cases: casesOf(target, report, context) }));
  return new XMLBuilder(OPTIONS).build({
    '?xml': { '@version': '1.0', '@encoding': 'UTF-8' },
    testsuites: {
      '@name': 'mtu-probe',
      ...counts(suites.flatMap(({ cases }) => cases)),
      '@time': (durationMs / MS_PER_S).toFixed(3),
      testsuite: suites.map(({ target, cases }) => ({
        '@name': oneLine(target),
        ...counts(cases),
        // Without a zone, as in the schema; UTC.
        '@timestamp': startedAt.replace(/(\.\d+)?Z$/, ''),
        testcase: cases,
      })),
    },
  });
}

function casesOf(target: string, report: Report, threshold: Threshold): TestCase[] {
  const paths = report.paths.filter((path) => path.target === target);
  const skipped = report.skipped.filter((entry) => entry.target === target);
  return [
    ...paths.flatMap((path) => DIRECTIONS.map((name) => testCase(name, path, judge(name, path, threshold)))),
    ...skipped.map((entry) => skippedCase(entry, isUnmeasured(target, report))),
  ];
}

function testCase(name: DirectionName, path: PathReport, { result, verdict, sentence }: Judgement): TestCase {
  const findings = path.findings.filter(({ code }) => !code.endsWith(name === 'forward' ? '-reverse' : '-forward'));
  const complaint = {
    '@message': oneLine(sentence),
    '@type': verdict,
    // Some show this and nothing else of a failure.
    '#text': printable(findings.map(({ summary }) => summary).join('\n')),
  };
  return {
    '@classname': oneLine(path.target),
    '@name': oneLine(`${name} ${placeOf(path)}`),
    ...(result === 'failed' ? { failure: complaint } : {}),
    ...(result === 'unknown' ? { error: complaint } : {}),
    ...(result === 'not-measured' ? { skipped: { '@message': oneLine(sentence) } } : {}),
    'system-out': printable([sentence, ...findings.map(findingWords)].join('\n\n')),
  };
}

/** An address without a route beside others is left out; a target without any was asked for and is not known. */
function skippedCase({ target, address, reason }: Skipped, unmeasured: boolean): TestCase {
  const message = { '@message': oneLine(reason) };
  return {
    '@classname': oneLine(target),
    '@name': oneLine(address ?? 'addresses'),
    ...(unmeasured ? { error: { ...message, '@type': 'inconclusive' } } : { skipped: message }),
  };
}

function counts(cases: readonly TestCase[]): Record<'@tests' | '@failures' | '@errors' | '@skipped', number> {
  const having = (key: keyof TestCase): number => cases.filter((entry) => entry[key] !== undefined).length;
  return {
    '@tests': cases.length,
    '@failures': having('failure'),
    '@errors': having('error'),
    '@skipped': having('skipped'),
  };
}
