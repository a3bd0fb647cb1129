import type { ServerResponse } from 'node:http';
import { type PageSources, sendPage } from '../http/page.ts';

const SANDBOX_CDN = 'https://embeddable-sandbox.cdn.apollographql.com';
/** Origin of the frame that Sandbox puts into the page. */
export const SANDBOX_FRAME_ORIGIN = 'https://sandbox.embed.apollographql.com';
export const STUDIO_ORIGIN = 'https://studio.apollographql.com';

const sources: PageSources = {
  'script-src': [SANDBOX_CDN],
  'style-src': [SANDBOX_CDN, 'https://fonts.googleapis.com'],
  'font-src': ['https://fonts.gstatic.com'],
  'img-src': ["'self'", 'data:', SANDBOX_CDN],
  'frame-src': [SANDBOX_FRAME_ORIGIN],
  // The page sends the frame's queries; they go to where it came from.
  'connect-src': ["'self'", SANDBOX_CDN],
};

const firstQuery = `# Press the button to run this. Log in with the mutation below and
# put the access token into the Headers tab: Authorization: Bearer <token>
query Headphones {
  product(productId: "prod_001") {
    name
    price { amount currencyCode }
    inventory
    category { path { name } }
  }
}

mutation LogIn($input: LoginInput!) {
  login(input: $input) { session { accessToken expiresIn } }
}
`;

const settings = {
  target: '#sandbox',
  endpointIsEditable: false,
  runTelemetry: false,
  allowDynamicStyles: false,
  initialState: {
    document: firstQuery,
    variables: { input: { email: 'customer@example.com', password: '' } },
    includeCookies: false,
    pollForSchemaUpdates: false,
  },
};

/** Apollo Sandbox in a page of our own. Its script comes from Apollo; where that cannot be reached, the page's own form
 *  is left to try queries with. */
export function sendSandboxPage(response: ServerResponse): void {
  sendPage(response, html, sources);
}

function html(nonce: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>GraphQL: Apollo Sandbox</title>
<style nonce="${nonce}">${style}</style>
</head>
<body>
<main>
<h1>GraphQL endpoint</h1>
<p id="state">Loading Apollo Sandbox&nbsp;…</p>
<noscript><p>Sandbox needs JavaScript; any GraphQL client works at this address.</p></noscript>
<form id="try">
<label>Query <textarea id="query" rows="12" spellcheck="false">{
  product(productId: "prod_001") {
    name
    price { amount currencyCode }
    inventory
  }
}</textarea></label>
<label>Access token <input id="token" autocomplete="off" placeholder="for fields that need one"></label>
<button>Run</button>
</form>
<pre id="answer"></pre>
<p>REST clients go to <a href="/api/docs">/api/docs</a>.</p>
</main>
<div id="sandbox"></div>
<script nonce="${nonce}">${script}</script>
</body>
</html>
`;
}

const style = `
  body { margin: 0; font: 16px/1.5 system-ui, sans-serif; color: #1b2733; }
  #sandbox, #sandbox iframe { position: fixed; inset: 0; width: 100%; height: 100%; border: 0; }
  #sandbox:empty { display: none; }
  main { max-width: 44rem; margin: 3rem auto; padding: 0 1rem; }
  label { display: block; margin-bottom: 1rem; }
  textarea, input { display: block; box-sizing: border-box; width: 100%; font: 14px/1.5 ui-monospace, monospace; }
  pre { padding: 1rem; overflow-x: auto; background: #f3f5f7; border-radius: 6px; }
  pre:empty { display: none; }
`;

const script = `
  const endpoint = location.origin + location.pathname;
  const part = (id) => document.getElementById(id);
  part('try').addEventListener('submit', async (event) => {
    event.preventDefault();
    const headers = { 'content-type': 'application/json' };
    const token = part('token').value.trim();
    if (token) headers.authorization = 'Bearer ' + token;
    const body = JSON.stringify({ query: part('query').value });
    try {
      const answer = await fetch(endpoint, { method: 'POST', headers, body });
      part('answer').textContent = JSON.stringify(await answer.json(), null, 2);
    } catch (error) {
      part('answer').textContent = String(error);
    }
  });
  const loader = document.createElement('script');
  loader.src = '${SANDBOX_CDN}/v2/embeddable-sandbox.umd.production.min.js';
  loader.onload = () => {
    new window.EmbeddedSandbox({ ...${scriptJson(settings)}, initialEndpoint: endpoint });
  };
  loader.onerror = () => {
    part('state').textContent =
      'Apollo Sandbox could not be loaded: it comes from Apollo\u2019s servers, and this browser seems to be offline. ' +
      'This form works without it.';
  };
  document.body.append(loader);
`;

/** JSON that cannot end the script it stands in. */
function scriptJson(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}
