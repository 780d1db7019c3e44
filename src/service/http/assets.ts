/** The dashboard: a few files, held in memory. */

import { createHash } from 'node:crypto';
import { EnvironmentError } from '../../errors.ts';
import { shippedText, type TextName } from '../../shipped.ts';

export interface Asset {
  /** Where it is found. */
  readonly path: string;
  readonly type: string;
  readonly text: string;
  /** RFC 9110 §8.8.3: changes whenever the text does. */
  readonly tag: string;
}

const HTML = 'text/html; charset=utf-8';
const SCRIPT = 'text/javascript; charset=utf-8';
const STYLE = 'text/css; charset=utf-8';

const SHIPPED: readonly (readonly [path: string, type: string, name: TextName])[] = [
  ['/', HTML, 'dist/dashboard/index.html'],
  ['/mesh', HTML, 'dist/dashboard/mesh.html'],
  ['/assets/app.js', SCRIPT, 'dist/dashboard/app.js'],
  ['/assets/mesh.js', SCRIPT, 'dist/dashboard/mesh.js'],
  ['/assets/app.css', STYLE, 'dist/dashboard/app.css'],
];

export function assetOf(path: string, type: string, text: string): Asset {
  const digest = createHash('sha256').update(text).digest('base64url');
  return { path, type, text, tag: `"${digest}"` };
}

/** @throws EnvironmentError where a file of the package is missing. */
export function shippedAssets(): Asset[] {
  return SHIPPED.map(([path, type, name]) => assetOf(path, type, contentOf(name)));
}

function contentOf(name: TextName): string {
  try {
    return shippedText(name);
  } catch (error) {
    throw new EnvironmentError(`${name} is missing: install mtu-probe anew, or build it with "npm run build"`, {
      cause: error,
    });
  }
}
