import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { PathReport } from '../../../../src/contract.ts';
import type { ServiceEvent } from '../../../../src/service/contract.ts';
import { bodyOf, deliveryId, HEADERS, headersOf, LONGEST_BODY } from '../../../../src/service/notify/message.ts';
import { BLACK_HOLE, EXPLAINED, sent } from '../../report/reports.ts';
import { change, turn } from './made-up.ts';

const SENDER = { version: '1.2.3', host: 'build-7' };
const SECRET = Buffer.from('sixteen bytes at least');
const EVENT: ServiceEvent = { ...change(), id: 7 };

function parsed(event: ServiceEvent) {
  const text = bodyOf(event, SENDER);
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(LONGEST_BODY);
  return JSON.parse(text);
}

function withReport(report: PathReport): ServiceEvent {
  return { ...EVENT, before: turn(report), after: turn(report) };
}

describe('the body', () => {
  it('is the event, and who sent it', () => {
    expect(parsed(EVENT)).toEqual({ schemaVersion: 1, service: SENDER, event: EVENT, leftOut: [] });
  });

  it('keeps the findings where only the evidence is too long', () => {
    const evidence = Array.from({ length: 2000 }, (_, size) => sent('forward', size));
    const { event, leftOut } = parsed(withReport({ ...EXPLAINED, evidence }));
    expect(leftOut).toEqual(['evidence']);
    expect(event.after.report).toEqual({ ...EXPLAINED, evidence: [] });
  });

  it('keeps the findings without remedies where these are too long', () => {
    const remedies = EXPLAINED.findings.flatMap((finding) => finding.remedies);
    const long = remedies.map((remedy) => ({ ...remedy, snippet: 'x'.repeat(LONGEST_BODY) }));
    const findings = BLACK_HOLE.findings.map((finding) => ({ ...finding, remedies: long }));
    const { event, leftOut } = parsed(withReport({ ...BLACK_HOLE, findings }));
    expect(leftOut).toEqual(['evidence', 'remedies']);
    expect(event.after.report.findings[0].remedies).toEqual([]);
    expect(event.after.report.findings[0].detail).toBe(BLACK_HOLE.findings[0]?.detail);
  });

  it('keeps verdicts and path MTUs, whatever else is too long', () => {
    const { event, leftOut } = parsed({ ...withReport({ ...BLACK_HOLE, url: 'ü'.repeat(LONGEST_BODY) }), id: 9 });
    expect(leftOut).toEqual(['evidence', 'remedies', 'reports']);
    expect(event).toMatchObject({ id: 9, summary: EVENT.summary, after: { verdict: 'black-hole', report: null } });
    expect(event.after.reverse.pathMtu).toBe(1450);
  });

  it('is bounded even where an error talks too much', () => {
    const { event, leftOut } = parsed({ ...EVENT, summary: '\u0000'.repeat(LONGEST_BODY) });
    expect(leftOut).toEqual(['evidence', 'remedies', 'reports', 'summary']);
    expect(event.summary).toHaveLength(1000);
  });
});

describe('the headers', () => {
  const signed = { timestamp: 1_772_366_400, body: '{"a":1}', secret: SECRET };

  it('are those of the list', () => {
    expect(Object.keys(headersOf('verdict-changed', 'abc', '1.2.3', signed))).toEqual([...HEADERS]);
  });

  it('sign the time with the body', () => {
    const expected = createHmac('sha256', SECRET).update('1772366400.{"a":1}').digest('hex');
    expect(headersOf('masked', 'abc', '1.2.3', signed)).toMatchObject({
      'content-type': 'application/json',
      'user-agent': 'mtu-probe/1.2.3',
      'x-mtu-probe-event': 'masked',
      'x-mtu-probe-delivery': 'abc',
      'x-mtu-probe-timestamp': '1772366400',
      'x-mtu-probe-signature': `sha256=${expected}`,
    });
  });

  it('have no signature without a secret', () => {
    const headers = headersOf('masked', 'abc', '1.2.3', { ...signed, secret: null });
    expect(Object.keys(headers)).toEqual(HEADERS.filter((name) => name !== 'x-mtu-probe-signature'));
  });
});

it('a delivery is known by its event, its sender and its receiver', () => {
  const id = deliveryId(EVENT, SENDER, 'one');
  expect(id).toMatch(/^[0-9a-f]{32}$/);
  expect(deliveryId({ ...EVENT }, { ...SENDER, version: '1.2.4' }, 'one')).toBe(id);
  const others = [
    deliveryId({ ...EVENT, id: 8 }, SENDER, 'one'),
    // Numbers begin anew where the history was in memory.
    deliveryId({ ...EVENT, at: '2026-03-01T12:00:01.000Z' }, SENDER, 'one'),
    deliveryId(EVENT, { ...SENDER, host: 'build-8' }, 'one'),
    deliveryId(EVENT, SENDER, 'two'),
  ];
  expect(new Set([id, ...others]).size).toBe(5);
});
