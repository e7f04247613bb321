import { make } from './make-element.ts';

/** Hands the visitor a JSON file that was made on this page; nothing is asked of a server. */
export function download(content: string, name: string): void {
  const href = URL.createObjectURL(new Blob([content], { type: 'application/json' }));
  make('a', { href, download: name }).click();
  URL.revokeObjectURL(href);
}
