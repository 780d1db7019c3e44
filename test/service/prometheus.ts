/** A Prometheus of one's own on loopback, which asks every second, in a folder that goes away with it. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import { stringify } from 'yaml';
import { freePort } from '../free-port.ts';

export interface PrometheusOptions {
  /** Where the metrics are. */
  readonly targetUrl: string;
  /** Text of a file of rules. */
  readonly rules: string;
  /** What it shows to be let in. */
  readonly token?: string;
}

export interface Alert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly state: 'pending' | 'firing';
}

export interface Series {
  readonly metric: Readonly<Record<string, string>>;
  /** Seconds since 1970-01-01 UTC, and the value as text. */
  readonly value: readonly [number, string];
}

export interface Prometheus {
  /** What is wrong now; what is over is not among them. */
  alerts(): Promise<readonly Alert[]>;
  query(expr: string): Promise<readonly Series[]>;
  stop(): Promise<void>;
}

const READY_WITHIN_MS = 20_000;

/** @returns the same rules, which do not wait: a test has seconds. */
export function hurried(rules: string): string {
  return rules.replace(/^( +for:) .*$/gm, '$1 1s');
}

/** @throws when it does not come up: with what it said. */
export async function startPrometheus({ targetUrl, rules, token }: PrometheusOptions): Promise<Prometheus> {
  const folder = mkdtempSync(join(tmpdir(), 'mtu-probe-prometheus-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  const { host, pathname, protocol } = new URL(targetUrl);
  const scrape = {
    job_name: 'mtu-probe',
    scheme: protocol.slice(0, -1),
    metrics_path: pathname,
    static_configs: [{ targets: [host] }],
    ...(token === undefined ? {} : { authorization: { credentials: token } }),
  };
  const config = {
    global: { scrape_interval: '1s', scrape_timeout: '1s', evaluation_interval: '1s' },
    rule_files: ['rules.yml'],
    scrape_configs: [scrape],
  };
  writeFileSync(join(folder, 'rules.yml'), rules);
  writeFileSync(join(folder, 'prometheus.yml'), stringify(config));
  const base = `http://127.0.0.1:${await freePort()}`;
  const server = launched(folder, new URL(base).host);
  process.once('exit', remove);
  const stop = async (): Promise<void> => {
    await server.end();
    process.off('exit', remove);
    remove();
  };
  try {
    const isReady = async (): Promise<void> => {
      if (!server.isRunning()) return;
      const { ok } = await fetch(`${base}/-/ready`);
      if (!ok) throw new Error('it is not ready');
    };
    await vi.waitFor(isReady, { timeout: READY_WITHIN_MS, interval: 50 });
    if (!server.isRunning()) throw new Error('it ended at once');
  } catch (error) {
    await stop();
    throw new Error(`Prometheus did not come up: ${server.said()}`, { cause: error });
  }
  return {
    alerts: async () => (await answer<{ alerts: Alert[] }>(`${base}/api/v1/alerts`)).alerts,
    query: async (expr) => {
      const url = `${base}/api/v1/query?query=${encodeURIComponent(expr)}`;
      return (await answer<{ result: Series[] }>(url)).result;
    },
    stop,
  };
}

/** The kernel ends it when this process is no more, however that came about. */
function launched(folder: string, address: string) {
  const flags = ['--config.file=prometheus.yml', '--storage.tsdb.path=tsdb', '--log.level=warn'];
  const words = ['--pdeathsig', 'KILL', 'prometheus', ...flags, `--web.listen-address=${address}`];
  const child: ChildProcess = spawn('setpriv', words, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  child.on('error', (error) => {
    said += error.message;
  });
  const ended = once(child, 'close');
  const isRunning = (): boolean => child.pid !== undefined && child.exitCode === null && child.signalCode === null;
  return {
    said: () => said,
    isRunning,
    end: async (): Promise<void> => {
      if (child.pid === undefined) return;
      if (isRunning()) child.kill('SIGTERM');
      await ended;
    },
  };
}

async function answer<Answer>(url: string): Promise<Answer> {
  const response = await fetch(url);
  const { status, data, error } = (await response.json()) as { status: string; data: Answer; error?: string };
  if (status !== 'success') throw new Error(`${url}: ${error}`);
  return data;
}
