import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import express, { type Request, type Response } from 'express';
import getAssetFolder from 'swagger-ui-dist/absolute-path.js';
import { answerOtherMethod, READ_METHODS } from '../http/methods.ts';
import { sendPage } from '../http/page.ts';
import type { RequestScope } from '../http/request-scope.ts';
import { sendJson } from '../rest/envelope.ts';
import { sendHome } from './home-page.ts';
import { createOpenApiDocument, type OpenApiDocument } from './openapi.ts';

/** Swagger UI is served from its package: the documentation works without any other server. */
const assetFolder = getAssetFolder();
const assets = ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png'];
const ASSET_MAX_AGE_MS = 24 * 3_600_000;

/** The pages beside the API: `/`, `/api/docs` and the OpenAPI document. */
export function createPages(scopeOf: (request: Request) => RequestScope): express.Router {
  const router = express.Router();
  let document: OpenApiDocument | undefined;

  function page(path: string, send: (request: Request, response: Response) => void) {
    router.get(path, (request, response) => {
      scopeOf(request).route = path;
      send(request, response);
    });
    router.all(path, (request, response) => {
      scopeOf(request).route = path;
      answerOtherMethod(request, response, READ_METHODS);
    });
  }

  page('/', sendHome);
  page('/favicon.ico', (_request, response) => void response.status(204).end());
  page('/api/openapi.json', (_request, response) => {
    document ??= createOpenApiDocument();
    response.setHeader('Cache-Control', 'no-cache');
    sendJson(response, 200, document);
  });
  page('/api/docs', (_request, response) => sendDocs(response));
  for (const asset of assets) {
    page(`/api/docs/${asset}`, (_request, response) => {
      response.sendFile(join(assetFolder, asset), { maxAge: ASSET_MAX_AGE_MS });
    });
  }
  return router;
}

function sendDocs(response: ServerResponse): void {
  sendPage(response, docsHtml, {
    'script-src': ["'self'"],
    'style-src': ["'self'"],
    'img-src': ["'self'", 'data:'],
    'connect-src': ["'self'"],
  });
}

function docsHtml(nonce: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Commerce REST API</title>
<link rel="icon" href="/api/docs/favicon-32x32.png">
<link rel="stylesheet" href="/api/docs/swagger-ui.css">
<style nonce="${nonce}">body { margin: 0; }</style>
</head>
<body>
<noscript>This page needs JavaScript. The description itself is at <a href="/api/openapi.json">/api/openapi.json</a>.</noscript>
<div id="docs"></div>
<script src="/api/docs/swagger-ui-bundle.js"></script>
<script nonce="${nonce}">
  SwaggerUIBundle({
    url: '/api/openapi.json',
    dom_id: '#docs',
    deepLinking: true,
    persistAuthorization: false,
    // The validator badge would ask a foreign server.
    validatorUrl: null,
  });
</script>
</body>
</html>
`;
}
