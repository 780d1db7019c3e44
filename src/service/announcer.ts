/** Events that belong to no path. Each is told when it begins, and not again while it lasts. */

import { type Chronicle, plainEvent } from './chronicle.ts';
import type { Readiness } from './contract.ts';
import { problemSummary } from './paths/summaries.ts';
import type { Target } from './targets/target.ts';

export class Announcer {
  readonly #chronicle: Chronicle;
  #peersProblem: string | null = null;
  #wasReady: boolean | null = null;

  constructor(chronicle: Chronicle) {
    this.#chronicle = chronicle;
  }

  /** A slot of it was missed; the counts say how many there were. */
  missed(target: Target): void {
    if (target.hasMissed) return;
    target.hasMissed = true;
    const summary = `${target.name}: was due before the run of the slot before was over, or this host slept`;
    this.#chronicle.append([plainEvent('slot-missed', new Date().toISOString(), summary, target.name)]);
  }

  /** Why a run measured nothing; `null` when it measured. */
  problem(target: Target, at: string, problem: string | null): void {
    const before = target.problem;
    target.problem = problem;
    if (problem !== null && before === null) {
      this.#chronicle.append([plainEvent('target-failed', at, problemSummary(target.name, problem), target.name)]);
    } else if (problem === null && before !== null) {
      this.#chronicle.append([plainEvent('target-recovered', at, `${target.name}: measured again`, target.name)]);
    }
  }

  /** What is wrong with the list of peers; `null` when nothing is. */
  peersProblem(problem: string | null): void {
    const before = this.#peersProblem;
    this.#peersProblem = problem;
    const at = new Date().toISOString();
    if (problem !== null && problem !== before) this.#chronicle.append([plainEvent('target-failed', at, problem)]);
    if (problem === null && before !== null) {
      this.#chronicle.append([plainEvent('target-recovered', at, 'peers: found again')]);
    }
  }

  readiness({ ready, reasons }: Readiness): void {
    if (ready === this.#wasReady) return;
    const isFirst = this.#wasReady === null;
    this.#wasReady = ready;
    // A service that has only just begun is not ready: nobody waits to hear that.
    if (isFirst && !ready) return;
    const summary = ready ? 'every gating target is good enough' : reasons.join('; ');
    this.#chronicle.append([plainEvent(ready ? 'ready' : 'not-ready', new Date().toISOString(), summary)]);
  }
}
