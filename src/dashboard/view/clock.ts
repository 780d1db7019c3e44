/** Instants as ages that grow while somebody looks. What counts is the clock of the service: this one may be wrong. */

import { ago, ahead } from '../model/words.ts';
import { element } from './element.ts';

/** A second more or less is seen only of what is seconds old. */
const TICK_MS = 1000;

const FULL = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

let aheadOfUsMs = 0;

export function setServiceClock(now: string): void {
  aheadOfUsMs = Date.parse(now) - Date.now();
}

export function serviceNow(): number {
  return Date.now() + aheadOfUsMs;
}

export function age(at: string): HTMLTimeElement {
  return element('time', { datetime: at, title: instant(at), 'data-age': 'ago' }, ago(at, serviceNow()));
}

export function dueIn(at: string): HTMLTimeElement {
  return element('time', { datetime: at, title: instant(at), 'data-age': 'ahead' }, ahead(at, serviceNow()));
}

/** In the language and time zone of who looks. */
export function instant(at: string): string {
  return FULL.format(new Date(at));
}

export function startClock(): void {
  setInterval(() => {
    for (const time of document.querySelectorAll<HTMLTimeElement>('time[data-age]')) {
      const words = time.dataset['age'] === 'ago' ? ago : ahead;
      const text = words(time.dateTime, serviceNow());
      if (time.textContent !== text) time.textContent = text;
    }
  }, TICK_MS);
}
