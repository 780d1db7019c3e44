/** The compiler as a judge of keys: the schemas let unknown ones pass, as the server does with a warning at most. */

import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { typed } from './models.ts';
import type { Resource } from './resources.ts';

/** Beside this one, so that packages are found; it is never written. */
const FILE = fileURLToPath(new URL('rendered-resources.ts', import.meta.url));
const OPTIONS: ts.CompilerOptions = {
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  target: ts.ScriptTarget.ES2023,
  types: [],
  strict: true,
  noEmit: true,
  skipLibCheck: true,
};

/** @returns one line each. */
export function complaintsOfTypes(resources: readonly Resource[]): readonly string[] {
  const text = resources.map((resource, index) => typed(resource, `resource${index}`)).join('\n');
  const host = ts.createCompilerHost(OPTIONS);
  const { getSourceFile, fileExists, readFile } = host;
  host.fileExists = (name) => name === FILE || fileExists(name);
  host.readFile = (name) => (name === FILE ? text : readFile(name));
  host.getSourceFile = (name, ...rest) =>
    name === FILE ? ts.createSourceFile(name, text, ts.ScriptTarget.ES2023) : getSourceFile(name, ...rest);
  const program = ts.createProgram([FILE], OPTIONS, host);
  return ts
    .getPreEmitDiagnostics(program, program.getSourceFile(FILE))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
}
