/**
 * Program: joins one network namespace after the other and looks at each from inside. Takes a request as JSON on standard
 * input.
 *
 * setns(2) moves one thread only, so that everything here happens on the main thread: synchronous calls, to the end.
 * Nothing is sent, and nothing changed.
 */

import { readFileSync, readlinkSync, writeSync } from 'node:fs';
import { SyscallError } from '../../errors.ts';
import type { InspectionAnswer } from '../../layers/seen.ts';
import { CAP_SYS_PTRACE, takeUp } from '../sys/capabilities.ts';
import { inspectHere } from './inspect-here.ts';
import { join, type OpenNamespace, OpenNamespaces, openNamespace } from './open-namespaces.ts';
import type { WalkLine, WalkRequest } from './walk.ts';

const STANDARD_INPUT = 0;
const STANDARD_OUTPUT = 1;

const { namespaces } = JSON.parse(readFileSync(STANDARD_INPUT, 'utf8')) as WalkRequest;
const own = readlinkSync('/proc/self/ns/net');

// Even those of whoever started this, where rights come from the file: the kernel does not let others look into it.
takeUp(CAP_SYS_PTRACE);

// All before the first is joined: paths may speak of this process itself, and other ends are looked up among all of them.
const open: OpenNamespace[] = [];
for (const namespace of namespaces) {
  const found = openNamespace(namespace);
  if (typeof found === 'string') say(namespace.netns, { kind: 'gone', reason: found });
  else open.push(found);
}

const names = new OpenNamespaces(open);
// The own one takes no right as long as no other was joined.
for (const namespace of [...open.filter(isOwn), ...open.filter((namespace) => !isOwn(namespace))]) {
  say(namespace.netns, inspect(namespace));
}

function isOwn({ netns }: OpenNamespace): boolean {
  return netns === own;
}

function inspect(namespace: OpenNamespace): InspectionAnswer {
  const refusal = isOwn(namespace) ? null : join(namespace);
  if (refusal !== null) return { kind: 'gone', reason: refusal };
  try {
    return { kind: 'inspected', inspection: inspectHere(names) };
  } catch (error) {
    if (!(error instanceof SyscallError)) throw error;
    return { kind: 'gone', reason: `it could not be looked at (${error.message})` };
  }
}

function say(netns: string, answer: InspectionAnswer): void {
  const line: WalkLine = { netns, answer };
  let left: Uint8Array = Buffer.from(`${JSON.stringify(line)}\n`);
  while (left.byteLength > 0) left = left.subarray(writeSync(STANDARD_OUTPUT, left));
}
