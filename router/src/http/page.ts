import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';

/** Sources that a page may load from, by directive, besides what its nonce marks. */
export type PageSources = Readonly<Record<string, readonly string[]>>;

/** Sends a page whose scripts and styles are those that carry the nonce, and nothing else. */
export function sendPage(
  response: ServerResponse,
  makeHtml: (nonce: string) => string,
  sources: PageSources = {},
): void {
  const nonce = randomBytes(16).toString('base64');
  const marked = `'nonce-${nonce}'`;
  const policy: Record<string, readonly string[]> = {
    'default-src': ["'none'"],
    'base-uri': ["'none'"],
    'form-action': ["'none'"],
    'frame-ancestors': ["'none'"],
    ...sources,
    'script-src': [marked, ...(sources['script-src'] ?? [])],
    'style-src': [marked, ...(sources['style-src'] ?? [])],
  };
  const text = Object.entries(policy).map(([directive, values]) => `${directive} ${values.join(' ')}`);
  response.setHeader('Content-Security-Policy', text.join('; '));
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('Content-Type', 'text/html; charset=utf-8');
  response.end(makeHtml(nonce));
}
