import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { withTables } from '../scripts/write-readme-tables.ts';

const root = new URL('../', import.meta.url);
const manifest = JSON.parse(read('package.json')) as {
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
};
const pages = [
  ...['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md'],
  ...readdirSync(new URL('docs', root), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/${file.replaceAll('\\', '/')}`),
];

test('the tables of inputs and outputs are those of action.yml', () => {
  // To mend it: npx node scripts/write-readme-tables.ts
  expect(read('README.md')).toBe(withTables(read('README.md'), read('action.yml')));
});

test('a table keeps apart what works and what is to come', () => {
  const readme = ['inputs', 'inputs-not-yet', 'outputs']
    .map((name) => `<!-- ${name}:begin -->old<!-- ${name}:end -->`)
    .join('\n');
  const action = [
    'inputs:',
    "  configs: { description: 'one file, or a|b', default: 'configs.json' }",
    "  report: { description: 'Not yet: write the report.' }",
    'outputs:',
    "  total: { description: 'Number of runs.' }",
    "  report-url: { description: 'Not yet: address of the report.' }",
  ].join('\n');
  expect(withTables(readme, action)).toMatchInlineSnapshot(`
    "<!-- inputs:begin -->

    | Input     | Default        | Meaning           |
    | --------- | -------------- | ----------------- |
    | \`configs\` | \`configs.json\` | One file, or a\\|b |

    <!-- inputs:end -->
    <!-- inputs-not-yet:begin -->

    | Input    | Meaning           |
    | -------- | ----------------- |
    | \`report\` | Write the report. |

    <!-- inputs-not-yet:end -->
    <!-- outputs:begin -->

    | Output  | Meaning         |
    | ------- | --------------- |
    | \`total\` | Number of runs. |

    <!-- outputs:end -->"
  `);
});

test.each(pages)('every link of %s leads to a file that is there, and to a heading in it', (page) => {
  expect(brokenLinks(page)).toEqual([]);
});

test.each(pages)('every npm script that %s names is there', (page) => {
  const named = [...read(page).matchAll(/\bnpm (?:run ([\w:-]+)|(start|test)\b)/g)];
  const missing = named.map(([, run, own]) => run ?? own ?? '').filter((name) => !(name in manifest.scripts));
  expect(missing).toEqual([]);
});

test.each(pages)('every script of ours that %s names is there', (page) => {
  const named = [...read(page).matchAll(/\bnode (scripts\/[\w./-]+)/g)].map(([, path = '']) => path);
  expect(named.filter((path) => !existsSync(new URL(path, root)))).toEqual([]);
});

test('the README shows the two commands of a new user', () => {
  expect(read('README.md')).toContain('$ npm ci && npm start\n');
  expect(read('README.md')).toContain('$ npm ci && npm test\n');
});

test('every runtime dependency has a decision, and every decision its row', () => {
  const decisions = readdirSync(new URL('docs/decisions', root));
  const titles = decisions.map((file) => read(`docs/decisions/${file}`).split('\n')[0] ?? '');
  const undecided = Object.keys(manifest.dependencies).filter(
    (name) => !titles.some((title) => title.endsWith(`. \`${name}\``)),
  );
  expect(undecided).toEqual([]);
  const architecture = read('docs/architecture.md');
  expect(decisions.filter((file) => !architecture.includes(`(decisions/${file})`))).toEqual([]);
});

/** Relative links of a page whose file, or whose heading, is not there. */
function brokenLinks(page: string): string[] {
  const links = [...read(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
  return links
    .filter((link) => !/^[a-z]+:/.test(link))
    .filter((link) => {
      const [path = '', heading] = link.split('#');
      const target = path === '' ? new URL(page, root) : new URL(path, new URL(page, root));
      if (!existsSync(target)) return true;
      return heading !== undefined && !anchorsOf(readFileSync(target, 'utf8')).includes(heading);
    });
}

/** As GitHub makes them: lower case, without punctuation, hyphens for spaces. */
function anchorsOf(text: string): string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

function read(path: string): string {
  return readFileSync(new URL(path, root), 'utf8');
}
