/** The page at `/`: paths worst first, one of them in full, and what happened; kept up to date while it is open. */

import type { News, Overview, ServiceEvent } from '../service/contract.ts';
import { announcement, withEvents } from './model/news.ts';
import { type Route, routeOf } from './model/route.ts';
import { announce } from './view/announcer.ts';
import { type ApiError, asApiError, fetchEvents, fetchOverview } from './view/api.ts';
import { setServiceClock, startClock } from './view/clock.ts';
import { DetailView } from './view/detail-view.ts';
import { byId } from './view/element.ts';
import { eventNodes } from './view/events-view.ts';
import { type Connection, showConnection, showService } from './view/header-view.ts';
import { focusRow, showList, startList } from './view/list-view.ts';
import { atMostEvery, followNews } from './view/live.ts';
import { clearProblem, showProblem } from './view/problem-view.ts';
import { Section } from './view/section.ts';

/** Runs of many targets may end at once, and all who look may have one address, which may ask 300 times a minute. */
const PAUSE_MS = 2000;

const title = document.title;
const allEvents = new Section(byId('all-events'));
const detail = new DetailView(fail);
const refreshDetail = atMostEvery(PAUSE_MS, () => detail.refresh());
const refresh = atMostEvery(PAUSE_MS, update);

let overview: Overview | null = null;
let events: readonly ServiceEvent[] = [];
/** `null` until it is known whether there is a stream. */
let isLive: boolean | null = null;
/** What happened may have come without a message. */
let mayMissEvents = true;
let isHeard = true;
let said: Connection = 'connecting';

async function update(): Promise<void> {
  const wantsEvents = mayMissEvents;
  mayMissEvents = isLive !== true;
  try {
    const [now, latest] = await Promise.all([fetchOverview(), wantsEvents ? fetchEvents(null) : []]);
    overview = now;
    isHeard = true;
    setServiceClock(now.now);
    clearProblem();
    showService(now);
    showList(now);
    showTarget(now);
    showEvents(latest);
  } catch (thrown) {
    mayMissEvents = true;
    fail(asApiError(thrown));
  }
  tellConnection();
}

function fail(error: ApiError): void {
  isHeard = error.failure !== 'offline';
  showProblem(error);
  tellConnection();
}

function tellConnection(): void {
  const now = !isHeard ? 'offline' : isLive === null ? 'connecting' : isLive ? 'live' : 'polling';
  showConnection(now);
  if (now === said) return;
  if (now === 'offline') announce('The connection to the service is lost.');
  if (now === 'live' && said !== 'connecting') announce('The page is live again.');
  said = now;
}

function showEvents(more: readonly ServiceEvent[]): void {
  events = withEvents(events, more);
  allEvents.show(events, () => eventNodes(events, true));
}

function showTarget({ targets }: Overview): void {
  detail.showTarget(targets.find(({ paths }) => detail.id !== null && paths.includes(detail.id)) ?? null);
}

function onNews(news: News): void {
  if (news.kind === 'event') {
    const text = announcement(events, news.event);
    if (text !== null) announce(text);
    showEvents([news.event]);
  }
  const concerned = news.kind === 'run' ? news.paths : [news.event.pathId];
  if (detail.id !== null && concerned.includes(detail.id)) refreshDetail();
  refresh();
}

function show(route: Route, before: Route | null): void {
  const isPath = route.page === 'path';
  byId('list').hidden = isPath;
  byId('detail').hidden = !isPath;
  if (isPath) {
    void detail.open(route.id);
    if (overview !== null) showTarget(overview);
    byId('detail-heading').focus();
  } else {
    detail.close();
    document.title = title;
    if (before?.page === 'path') focusRow(before.id);
  }
  // At the first sight of a page its top is where to begin.
  if (before !== null && isPath) window.scrollTo(0, 0);
}

let route = routeOf(location.hash);
window.addEventListener('hashchange', () => {
  const before = route;
  route = routeOf(location.hash);
  show(route, before);
});
// Not by its address, which is how paths are chosen.
byId('skip').addEventListener('click', (event) => {
  event.preventDefault();
  byId('main').focus();
});

startList();
startClock();
showConnection('connecting');
show(route, null);
refresh();
followNews({
  onNews,
  onLive: (live) => {
    isLive = live;
    tellConnection();
    mayMissEvents = true;
    refresh();
    refreshDetail();
  },
  onPoll: () => {
    refresh();
    refreshDetail();
  },
});
