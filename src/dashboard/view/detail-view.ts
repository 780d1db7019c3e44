/** One path with all that is known of it. */

import type { PathDetail, ServiceEvent, TargetState } from '../../service/contract.ts';
import { visible } from '../model/visible.ts';
import { type ApiError, asApiError, fetchEvents, fetchHistory, fetchPath, pathUrl } from './api.ts';
import { age, serviceNow } from './clock.ts';
import { byId, element } from './element.ts';
import { eventNodes } from './events-view.ts';
import { findingNodes } from './findings-view.ts';
import { HistoryView } from './history-view.ts';
import { badge } from './icon.ts';
import { pictureNodes } from './picture-view.ts';
import { labels, notes } from './row-view.ts';
import { Section } from './section.ts';

export class DetailView {
  readonly #head = new Section(byId('detail-head'));
  readonly #picture = new Section(byId('picture'));
  readonly #findings = new Section(byId('findings'));
  readonly #events = new Section(byId('path-events'));
  readonly #history = new HistoryView(() => void this.refresh());
  readonly #onError: (error: ApiError) => void;
  #id: string | null = null;

  constructor(onError: (error: ApiError) => void) {
    this.#onError = onError;
    byId('history').append(this.#history.root);
  }

  get id(): string | null {
    return this.#id;
  }

  async open(id: string): Promise<void> {
    this.#id = id;
    byId('detail-body').hidden = true;
    byId('detail-missing').hidden = true;
    byId('detail-heading').textContent = 'Path';
    await this.refresh();
  }

  close(): void {
    this.#id = null;
  }

  /** What comes for a path that was left meanwhile is not shown. */
  async refresh(): Promise<void> {
    const id = this.#id;
    if (id === null) return;
    const since = new Date(serviceNow() - this.#history.rangeMs).toISOString();
    try {
      const [path, points, events] = await Promise.all([fetchPath(id), fetchHistory(id, since), fetchEvents(id)]);
      if (this.#id !== id) return;
      byId('detail-body').hidden = false;
      this.#show(path, events);
      this.#history.show(points);
    } catch (thrown) {
      const error = asApiError(thrown);
      if (this.#id !== id) return;
      if (error.failure === 'missing') byId('detail-missing').hidden = false;
      else this.#onError(error);
    }
  }

  /** Labels and what went wrong with slots are the target's. */
  showTarget(target: TargetState | null): void {
    byId('detail-target').replaceChildren(
      ...labels(target),
      ...notes(target).map((text) => element('p', { class: 'note' }, text)),
    );
  }

  #show(path: PathDetail, events: readonly ServiceEvent[]): void {
    const { id, target, judgement, maskedSince, last, sentence, holdForwardAbove } = path;
    byId('detail-heading').textContent = visible(target);
    document.title = `${visible(target)} – mtu-probe`;
    byId('raw').setAttribute('href', pathUrl(id));
    const head = [judgement?.verdict, judgement?.since, maskedSince, last.at, sentence, path.address, holdForwardAbove];
    this.#head.show([id, ...head], () => [
      element(
        'p',
        { class: 'facts' },
        badge(judgement?.verdict ?? last.verdict),
        element('span', {}, `${path.address} · IPv${path.family} · ${path.transport.toUpperCase()}`),
        ...(judgement === null ? [] : [element('span', {}, 'since ', age(judgement.since))]),
        element('span', {}, 'last run ', age(last.at)),
      ),
      element('p', { class: 'sentence' }, sentence),
      ...(maskedSince === null
        ? []
        : [
            element(
              'p',
              { class: 'note' },
              'Since ',
              age(maskedSince),
              ' this host remembers a path MTU that hides the path: what stands here is older.',
            ),
          ]),
      ...(holdForwardAbove === null
        ? []
        : [
            element(
              'p',
              { class: 'note' },
              `Nothing larger than ${holdForwardAbove} bytes is sent there until the way back is clear, so that the fault stays visible.`,
            ),
          ]),
    ]);
    this.#picture.show([id, judgement?.at, path.picture], () => pictureNodes(path));
    this.#findings.show([id, judgement?.report.findings], () => findingNodes(judgement?.report.findings ?? []));
    this.#events.show([id, events], () => eventNodes(events, false));
  }
}
