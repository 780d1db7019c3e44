import { describe, expect, it } from 'vitest';
import { endsOf } from '../../../src/search/ends.ts';
import { measurement, SILENT_1400, TOLD_1400 } from '../diagnosis/measurement.ts';

const { tcp: CLEAR } = measurement().forward;
const { tcp: SILENT } = measurement({ tcp: SILENT_1400 }).forward;
const { datagram: POLICED } = measurement({ echo: { ...SILENT_1400, pathMtu: 1000, lost: [1001] } }).forward;
const { datagram: TOLD } = measurement({ echo: TOLD_1400 }).forward;

describe('between which sizes a direction ends', () => {
  it('is where TCP ends', () => {
    expect(endsOf(SILENT, [])).toEqual({ passing: 1400, failing: 1401 });
    expect(endsOf(CLEAR, [])).toBeNull();
  });

  it('is not where pings end, unless a router says so or nothing else looked', () => {
    expect(endsOf(CLEAR, [POLICED])).toBeNull();
    expect(endsOf(SILENT, [POLICED])).toEqual({ passing: 1400, failing: 1401 });
    expect(endsOf(null, [POLICED])).toEqual({ passing: 1000, failing: 1001 });
    expect(endsOf(null, [TOLD, null])).toEqual({ passing: 1400, failing: 1401 });
  });
});
