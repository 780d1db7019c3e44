/** A program inside the lab, as seen from outside. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { childrenOf } from './scene.ts';

const SAYS_WITHIN_MS = 20_000;
const LOOK_EVERY_MS = 20;

export interface HowItEnded {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export class Running {
  readonly ended: Promise<HowItEnded>;
  readonly #entry: ChildProcess;
  #out = '';
  #err = '';
  #isOver = false;

  constructor([file = '', ...args]: readonly string[]) {
    const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.#out += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#err += text;
    });
    this.#entry = child;
    this.ended = once(child, 'close').then(([code, signal]) => {
      this.#isOver = true;
      return { code, signal };
    });
  }

  get stdout(): string {
    return this.#out;
  }

  get stderr(): string {
    return this.#err;
  }

  /** Its number out here: who entered the lab waits for it. */
  get pid(): number {
    const [pid] = childrenOf(this.#entry.pid ?? 0);
    if (pid === undefined) throw new Error(`it has ended: ${this.#err}`);
    return pid;
  }

  kill(signal: NodeJS.Signals): void {
    process.kill(this.pid, signal);
  }

  /** @throws what it said instead, when it ends or twenty seconds are over. */
  async says(words: RegExp): Promise<void> {
    const deadline = Date.now() + SAYS_WITHIN_MS;
    while (!words.test(this.#out + this.#err)) {
      if (this.#isOver || Date.now() > deadline) throw new Error(`it never said ${words}: ${this.#out}${this.#err}`);
      await sleep(LOOK_EVERY_MS);
    }
  }
}
