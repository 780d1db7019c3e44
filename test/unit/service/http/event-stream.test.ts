import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EventStream, resumeAfter } from '../../../../src/service/http/event-stream.ts';
import { change, HOLE_PATH, LAST_RUN } from '../../../service/made-up-paths.ts';
import { MadeUpService } from '../../../service/made-up-service.ts';

const HEARTBEAT_MS = 15_000;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A reader that takes all there is, as soon as it is there. */
function reading(view: MadeUpService, after: number): { readonly stream: EventStream; readonly heard: () => string } {
  const stream = new EventStream(view, after, HEARTBEAT_MS);
  let heard = '';
  stream.setEncoding('utf8').on('data', (text: string) => {
    heard += text;
  });
  return { stream, heard: () => heard };
}

/** What streams do, they do in later turns of the loop. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

function ids(text: string): number[] {
  return [...text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id));
}

function happened(view: MadeUpService, count: number): void {
  for (let index = 0; index < count; index += 1) view.happen(change(HOLE_PATH, `change ${index}`));
}

describe('a stream of events', () => {
  it('has each with its number, and what it says on one line', async () => {
    const view = new MadeUpService();
    const { heard } = reading(view, 0);
    const event = view.happen(change(HOLE_PATH, 'two\nlines'));
    await settled();
    expect(heard()).toBe(`retry: 3000\n\nid: 1\ndata: ${JSON.stringify({ kind: 'event', event })}\n\n`);
  });

  it('has runs under a name, without a number', async () => {
    const view = new MadeUpService();
    const { heard } = reading(view, 0);
    const run = { kind: 'run', target: 'rubygems.org', at: LAST_RUN, paths: [HOLE_PATH.id] } as const;
    view.publish(run);
    await settled();
    expect(heard()).toBe(`retry: 3000\n\nevent: run\ndata: ${JSON.stringify(run)}\n\n`);
  });

  it('goes on without gap or double where its reader was, while more happens', async () => {
    const view = new MadeUpService();
    happened(view, 35);
    const { heard } = reading(view, 12);
    happened(view, 5);
    await settled();
    happened(view, 5);
    await settled();
    expect(ids(heard())).toEqual(Array.from({ length: 33 }, (_, index) => index + 13));
  });

  it('is alive when nothing happens', async () => {
    const { heard } = reading(new MadeUpService(), 0);
    await settled();
    vi.advanceTimersByTime(HEARTBEAT_MS - 1);
    await settled();
    expect(heard()).toBe('retry: 3000\n\n');
    vi.advanceTimersByTime(1);
    await settled();
    expect(heard()).toBe('retry: 3000\n\n:\n\n');
  });

  it('keeps no more for a slow reader than one batch, and all of it in the end', async () => {
    const view = new MadeUpService();
    const stream = new EventStream(view, 0, HEARTBEAT_MS);
    const asked = vi.spyOn(view, 'eventsAfter');
    happened(view, 300);
    for (let index = 0; index < 300; index += 1) {
      view.publish({ kind: 'run', target: 'rubygems.org', at: `${index}`, paths: [] });
    }
    await settled();
    expect(asked.mock.calls.length).toBeLessThan(3);
    expect(stream.readableLength).toBeLessThan(200_000);
    let heard = '';
    stream.setEncoding('utf8').on('data', (text: string) => {
      heard += text;
    });
    await vi.waitFor(() => expect(ids(heard)).toHaveLength(300));
    await settled();
    // Of runs that nobody took only the last is worth a look.
    expect(heard.match(/^event: run$/gm)).toHaveLength(1);
    expect(heard).toContain('"at":"299"');
  });

  it('is cut off when its reader takes nothing for two heartbeats', async () => {
    const view = new MadeUpService();
    const stream = new EventStream(view, 0, HEARTBEAT_MS);
    stream.on('error', () => {});
    stream.read(0);
    happened(view, 300);
    await settled();
    vi.advanceTimersByTime(HEARTBEAT_MS);
    expect(stream.destroyed).toBe(false);
    vi.advanceTimersByTime(HEARTBEAT_MS);
    expect(stream.destroyed).toBe(true);
    expect(view.listeners).toBe(0);
  });

  it('costs nothing once it has ended', async () => {
    const view = new MadeUpService();
    const { stream } = reading(view, 0);
    expect(view.listeners).toBe(1);
    stream.destroy();
    await settled();
    expect([view.listeners, vi.getTimerCount()]).toEqual([0, 0]);
    happened(view, 1);
  });
});

describe('where a reader goes on', () => {
  it('is behind what it has seen; at the end where it has seen nothing', () => {
    const view = new MadeUpService();
    expect(resumeAfter(view, null)).toBe(0);
    happened(view, 3);
    expect([null, 0, 2, 3].map((seen) => resumeAfter(view, seen))).toEqual([3, 0, 2, 3]);
  });

  it('is the beginning where numbers began anew', () => {
    const view = new MadeUpService();
    happened(view, 3);
    view.forgetEvents();
    happened(view, 1);
    expect(resumeAfter(view, 3)).toBe(0);
  });
});
