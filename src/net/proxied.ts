/** A target as a job on this host would reach it: itself, and the proxy that stands before it. */

import type { ResolveOptions } from '../config/options.ts';
import { MtuProbeError, NoRouteError, ResolveError } from '../errors.ts';
import { type Environment, proxyFor } from './proxy.ts';
import { type Lookup, resolveTarget } from './resolve.ts';
import { parseTarget } from './target.ts';

type Resolved = Awaited<ReturnType<typeof resolveTarget>>;

/**
 * As `resolveTarget`, and one path more where a proxy is configured: only its forward direction, since what it sends
 * depends on what it is asked for, and nobody asks it for anything.
 *
 * @param environment of the job. @param wayIsWanted TCP in the forward direction is asked for; else the proxy is named and not measured.
 * @throws as `resolveTarget`; behind a proxy a name that cannot be resolved here is left out.
 */
export async function resolveWithProxy(
  target: string,
  options: ResolveOptions,
  environment: Environment,
  wayIsWanted: boolean,
  lookup?: Lookup,
): Promise<Resolved> {
  const { scheme, host, ports } = parseTarget(target, options);
  // Nobody asks a proxy for a way to a responder.
  if (scheme === 'mtu') return resolveTarget(target, options, lookup);
  const port = ports[0] as number;
  const plain = scheme === 'http' || (scheme === 'any' && port === 80);
  const proxy = proxyFor({ scheme: plain ? 'http' : 'https', host, port }, environment);
  if (proxy === null) return resolveTarget(target, options, lookup);
  const place = `${proxy.host.includes(':') ? `[${proxy.host}]` : proxy.host}:${proxy.port}`;
  const direct = await directly(target, options, lookup);
  const way = wayIsWanted ? await wayTo(place, options, lookup) : NOTHING;
  const label = `${target} by its proxy ${place}`;
  return {
    paths: [
      ...direct.paths.map((path) => (path.local ? path : { ...path, proxy: place })),
      ...way.paths.map((path) => ({ ...path, target: label, forwardOnly: true })),
    ],
    skipped: [...direct.skipped, ...way.skipped.map((skipped) => ({ ...skipped, target: label }))],
  };
}

const NOTHING: Resolved = { paths: [], skipped: [] };

/** Where only the proxy knows the name, the way to it is all there is to measure. */
async function directly(target: string, options: ResolveOptions, lookup?: Lookup): Promise<Resolved> {
  try {
    return await resolveTarget(target, options, lookup);
  } catch (error) {
    const isForTheProxy = error instanceof ResolveError || (error instanceof NoRouteError && !options.familyAsked);
    if (!isForTheProxy) throw error;
    return { paths: [], skipped: [{ target, address: null, reason: error.message }] };
  }
}

/** Of whatever family: the job does not choose it. What is wrong with it takes nothing from the target itself. */
async function wayTo(place: string, options: ResolveOptions, lookup?: Lookup): Promise<Resolved> {
  const families = [4, 6] as const;
  const asked = {
    ...options,
    families,
    familyAsked: false,
    port: null,
    serverName: null,
    path: null,
    firstAddress: true,
  };
  try {
    return await resolveTarget(place, asked, lookup);
  } catch (error) {
    if (!(error instanceof MtuProbeError)) throw error;
    return { paths: [], skipped: [{ target: place, address: null, reason: error.message }] };
  }
}
