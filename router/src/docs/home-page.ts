import type { IncomingMessage, ServerResponse } from 'node:http';
import { sendPage } from '../http/page.ts';
import { sendJson } from '../rest/envelope.ts';

const places = [
  { path: '/graphql', what: 'GraphQL endpoint; Apollo Sandbox in a browser, outside production' },
  { path: '/api/v1/products', what: 'REST, for example the list of products' },
  { path: '/api/docs', what: 'REST documentation (Swagger UI)' },
  { path: '/api/openapi.json', what: 'REST description (OpenAPI 3.1)' },
  { path: '/health', what: 'Whether this process runs' },
  { path: '/ready', what: 'Whether it can answer: all subgraphs are up' },
  { path: '/metrics', what: 'Metrics for Prometheus' },
];

/** Tells who comes to `/` what is where: a page for a browser, else JSON. */
export function sendHome(request: IncomingMessage, response: ServerResponse): void {
  if (request.headers.accept?.includes('text/html')) {
    sendPage(response, html);
    return;
  }
  sendJson(response, 200, {
    name: 'Commerce API',
    links: Object.fromEntries(places.map((p) => [p.path, p.what])),
  });
}

function html(nonce: string): string {
  const rows = places.map(({ path, what }) => `<dt><a href="${path}">${path}</a></dt><dd>${what}</dd>`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Commerce API</title>
<style nonce="${nonce}">
  body { max-width: 44rem; margin: 3rem auto; padding: 0 1rem; font: 16px/1.5 system-ui, sans-serif; color: #1b2733; }
  dt { margin-top: 1rem; font-family: ui-monospace, monospace; }
  dd { margin: 0; color: #54616e; }
</style>
</head>
<body>
<h1>Commerce API</h1>
<dl>${rows.join('')}</dl>
</body>
</html>
`;
}
