import { describe, expect, it } from 'vitest';
import * as limits from '../../../src/service/http/limits.ts';
import { REFUSALS } from '../../../src/service/http/refusals.ts';
import { document, firstColumn, section } from './documents.ts';

const TEXT = document('docs/http-api.md');

describe('docs/http-api.md', () => {
  it('has every route, and no other', () => {
    const { paths } = JSON.parse(document('docs/openapi.json')) as { paths: Record<string, unknown> };
    expect(firstColumn(section(TEXT, 'Routes')).sort()).toEqual(Object.keys(paths).sort());
  });

  it('has every refusal with its status, and no other', () => {
    const rows = [...section(TEXT, 'Refusals').matchAll(/^\| `([\w-]+)` \| (\d+) \|/gm)];
    const written = Object.entries(REFUSALS).map(([code, { status }]) => [code, String(status)]);
    expect(rows.map(([, code, status]) => [code, status])).toEqual(written);
  });

  it('has the limits as they are', () => {
    const words = section(TEXT, 'Limits').replace(/\s+/g, ' ');
    const { RATES } = limits;
    expect(words).toContain(`${RATES.usual} requests and ${RATES.strict} probes`);
    expect(words).toContain(`have ${RATES.generous} of their own each`);
    expect(words).toContain(`${limits.MOST_CONNECTIONS} connections at once`);
    expect(words).toContain(`within ${limits.LARGEST_HEAD / 1024} KiB and ${limits.REQUEST_MS / 1000} s`);
    const events = section(TEXT, 'Events').replace(/\s+/g, ' ');
    expect(events).toContain(`Every ${limits.HEARTBEAT_MS / 1000} s`);
    expect(events).toContain(`${limits.MOST_STREAMS} streams may be open, ${limits.MOST_STREAMS_PER_ADDRESS} of one`);
  });
});
