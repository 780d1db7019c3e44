/** What the service answers, or why it does not. */

import type { HistoryPoint, Mesh, Overview, PathDetail, ServiceEvent } from '../../service/contract.ts';

/** `offline`: no answer at all. */
export type Failure = 'offline' | 'unauthorised' | 'missing' | 'busy' | 'broken';

export class ApiError extends Error {
  readonly failure: Failure;

  constructor(failure: Failure, message: string) {
    super(message);
    this.failure = failure;
  }
}

/** A service that hangs is as good as gone. Long enough to type a password: the browser asks for it meanwhile. */
const TIMEOUT_MS = 30_000;
/** More points than a chart has pixels. */
const MOST_POINTS = 2000;
const MOST_EVENTS = 50;

export function fetchOverview(): Promise<Overview> {
  return get<Overview>('/api/v1/paths');
}

export function fetchPath(id: string): Promise<PathDetail> {
  return get<PathDetail>(pathUrl(id));
}

export function pathUrl(id: string): string {
  return `/api/v1/paths/${encodeURIComponent(id)}`;
}

export async function fetchHistory(id: string, since: string): Promise<readonly HistoryPoint[]> {
  const query = new URLSearchParams({ since, limit: String(MOST_POINTS) });
  return (await get<{ points: readonly HistoryPoint[] }>(`${pathUrl(id)}/history?${query}`)).points;
}

/** Newest first. */
export async function fetchEvents(pathId: string | null): Promise<readonly ServiceEvent[]> {
  const query = new URLSearchParams({ limit: String(MOST_EVENTS), ...(pathId === null ? {} : { path: pathId }) });
  return (await get<{ events: readonly ServiceEvent[] }>(`/api/v1/events?${query}`)).events;
}

export function fetchMesh(): Promise<Mesh> {
  return get<Mesh>('/api/v1/mesh');
}

/** @throws ApiError */
async function get<Answer>(url: string): Promise<Answer> {
  // A token is sent by the browser, which asked for it as a password.
  const response = await fetch(url, {
    headers: { accept: 'application/json' },
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch(() => {
    throw new ApiError('offline', 'The service does not answer.');
  });
  if (response.status === 401) throw new ApiError('unauthorised', 'The service wants its token.');
  if (response.status === 404) throw new ApiError('missing', 'The service does not know this.');
  if (response.status === 429) throw new ApiError('busy', 'The service is asked too often from this address.');
  if (!response.ok) throw new ApiError('broken', `The service answers with an error (${response.status}).`);
  return response.json().catch(() => {
    throw new ApiError('broken', 'The service answers with something else than JSON.');
  }) as Promise<Answer>;
}

/** @throws anything that is not an answer of the service: it is a mistake of ours. */
export function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  throw error;
}
