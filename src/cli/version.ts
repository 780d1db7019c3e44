import { shippedText } from '../shipped.ts';

export function version(): string {
  return (JSON.parse(shippedText('package.json')) as { readonly version: string }).version;
}
