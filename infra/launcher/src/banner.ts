import type { LauncherConfig } from './config.ts';

/** What is printed when the shop is up: everything a newcomer needs to go on. */
export function formatBanner(
  config: LauncherConfig,
  shop: { url: string; startedInMs: number; isWatching: boolean },
): string {
  const origin = shownOrigin(shop.url);
  const rows: [string, string][] = [
    ['GraphQL + Sandbox', `${origin}/graphql`],
    ['REST', `${origin}/api/v1`],
    ['API documentation', `${origin}/api/docs`],
    ...accountRows(config),
    ['Data', config.DATA_DIR],
  ];
  const seconds = (shop.startedInMs / 1000).toFixed(1);
  return [
    '',
    `  The shop is open (started in ${seconds} s).`,
    '',
    ...rows.map(([name, value]) => `  ${name.padEnd(19)}${value}`),
    '',
    shop.isWatching
      ? '  Changed sources are reloaded. Ctrl-C stops everything.'
      : '  Ctrl-C stops everything; npm run reset empties the data folder.',
    '',
    '',
  ].join('\n');
}

function accountRows(config: LauncherConfig): [string, string][] {
  if (config.NODE_ENV === 'production') return [];
  return [
    ['Accounts', 'admin@example.com, customer@example.com'],
    ['Their password', config.DEMO_PASSWORD],
  ];
}

/** The origin to show: a listening address as a browser on this machine can open it. */
function shownOrigin(url: string): string {
  return url.replace('//0.0.0.0:', '//localhost:').replace('//[::]:', '//localhost:');
}
