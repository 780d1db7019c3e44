import { describe, expect, it } from 'vitest';
import { Admission, MOST_CONNECTIONS } from '../../../src/search/admission.ts';

function open(admission: Admission, count: number): void {
  for (let opened = 0; opened < count; opened += 1) admission.onOpened();
}

describe('how many handshakes may be under way', () => {
  it('is six at first, and doubles to sixteen while all come back', () => {
    const admission = new Admission();
    expect(admission.room).toBe(6);
    open(admission, 6);
    expect(admission.room).toBe(0);
    for (let back = 0; back < 6; back += 1) admission.onPrompt();
    expect(admission.room).toBe(12);
    open(admission, 12);
    for (let back = 0; back < 12; back += 1) admission.onPrompt();
    expect(admission.room).toBe(16);
  });

  it('is halved by a setback, and never falls to none', () => {
    const admission = new Admission();
    for (let setback = 0; setback < 5; setback += 1) {
      open(admission, 1);
      admission.onSetback();
    }
    expect(admission.room).toBe(1);
  });

  it('ends for good at the most connections of one path', () => {
    const admission = new Admission();
    while (admission.room > 0) {
      admission.onOpened();
      admission.onPrompt();
    }
    expect(admission.total).toBe(MOST_CONNECTIONS);
    expect(admission.left).toBe(0);
  });
});
