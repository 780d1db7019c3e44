import { describe, expect, it } from 'vitest';
import { FlowLog } from '../../../src/search/flow-log.ts';

describe('flows', () => {
  it('are suspect when they lose what others carry', () => {
    const log = new FlowLog();
    log.note(1500, 1, 'arrived');
    log.note(1500, 2, 'missing');
    log.note(1400, 3, 'missing');
    log.note(1400, null, 'missing');
    expect(log.suspects(1500)).toEqual([2, 3]);
    expect(log.suspects(1400)).toEqual([3]);
    expect(log.suspects(null)).toEqual([]);
  });

  it('are suspect no more when it was chance, or they carry it the next time', () => {
    const log = new FlowLog();
    for (const port of [1, 2]) log.note(1500, port, 'missing');
    log.clear(1);
    log.note(1500, 2, 'arrived');
    expect(log.suspects(1500)).toEqual([]);
  });

  it('leave nothing certain above what one of them lost', () => {
    const log = new FlowLog();
    expect(log.undisputed).toBeNull();
    log.note(1500, 1, 'arrived');
    expect(log.undisputed).toBe(1500);
    log.note(1450, 2, 'missing');
    expect(log.undisputed).toBeNull();
    log.note(1400, 3, 'arrived');
    expect(log.undisputed).toBe(1400);
    log.clear(2);
    expect(log.undisputed).toBe(1500);
  });

  it('are counted by what they carried and lost', () => {
    const log = new FlowLog();
    log.note(1500, 1, 'arrived');
    log.note(1400, 1, 'arrived');
    log.note(1500, 2, 'missing');
    log.note(1400, 2, 'arrived');
    expect(log.shares(1500)).toEqual({ carried: 1, lost: 1 });
  });
});
