import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { inputFiles } from '../../src/adapters/input-files.ts';
import { notebookSource } from '../../src/adapters/notebook-source.ts';
import { messageOf, UserError } from '../../src/errors.ts';
import { buildRequest } from '../../src/inputs/build-request.ts';
import { formatProblems } from '../../src/inputs/format-problems.ts';
import { planRuns } from '../../src/plan/plan-runs.ts';

vi.setConfig({ testTimeout: 120_000 });

const NOTEBOOK = {
  nbformat: 4,
  nbformat_minor: 5,
  metadata: { kernelspec: { name: 'python3', display_name: 'Python 3', language: 'python' } },
  cells: [],
};
const LETTERS = 'b c d e f g h i'.split(' ');
const laughs = [
  'a: &a [ha, ha, ha, ha, ha, ha, ha, ha, ha]',
  ...LETTERS.map(
    (name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghi'[index]}`).join(', ')}]`,
  ),
].join('\n');
const merges = [
  'a: &a {notebook: a.ipynb}',
  ...Array.from({ length: 30 }, (_, index) => {
    const earlier = index === 0 ? '*a' : `*a, *b${index - 1}, *b${index - 1}`;
    return `b${index}: &b${index} {<<: [${earlier}]}`;
  }),
].join('\n');

test.each<[string, string, string, RegExp]>([
  ['aliases of aliases', 'c.yaml', laughs, /aliases make more than 100000 values/],
  ['merges of merges', 'c.yaml', merges, /aliases make more than 100000 values/],
  ['an alias of itself', 'c.yaml', 'x: &x {notebook: a.ipynb, y: *x}', /stands inside the value it names/],
  ['lists in lists', 'c.json', '['.repeat(1e5) + ']'.repeat(1e5), /nested more than 200 levels deep/],
  ['objects in objects', 'c.json', '{"a":'.repeat(1e5), /nested more than 200 levels deep/],
  ['YAML lists in lists', 'c.yaml', `x: ${'['.repeat(20_000)}`, /nested more than 200 levels deep/],
  ['a tag that would be code', 'c.yaml', 'x: !!python/object:os.system [id]', /Unresolved tag/],
  ['a matrix of billions', 'c.json', JSON.stringify({ x: { notebook: 'a.ipynb', matrix: Object.fromEntries(['a', ...LETTERS].map((name) => [name, Array.from({ length: 50 }, (_, n) => n)])) } }), /at most 100000 can run/], // prettier-ignore
  ['a million brackets', 'c.json', ']'.repeat(1e6), /expected a value/],
  ['a hundred thousand repeated keys', 'c.json', `{${'"x":1,'.repeat(1e5)}}`, /more mistakes|"x"/],
  ['a number of a million digits', 'c.json', `{"x": {"notebook": "a.ipynb", "parameters": {"n": ${'9'.repeat(1e6)}}}}`, /has 1000000 digits/], // prettier-ignore
  ['a number beyond all floats', 'c.json', '{"x": {"notebook": "a.ipynb", "parameters": {"n": 1e999999999}}}', /larger than a float can be/], // prettier-ignore
])('%s end in a message that says what is wrong', async (_, file, text, message) => {
  expect(await outcome(file, text)).toMatch(message);
});

test('names that mean something to JavaScript are names, and nothing else', async () => {
  const parameters =
    '{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}, "toString": 5}';
  const text = `{"__proto__": {"notebook": "a.ipynb", "parameters": ${parameters}}, "constructor": {"notebook": "a.ipynb"}}`;
  for (const file of ['c.json', 'c.yaml']) {
    const planned = await plan(file, text);
    expect(planned.runs.map(({ name }) => name)).toEqual(['__proto__', 'constructor']);
    expect(planned.runs[0]?.injectedSource).toBe(
      '# Parameters\n__proto__ = {"polluted": 1}\nconstructor = {"prototype": {"polluted": 1}}\ntoString = 5\n',
    );
  }
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});

async function outcome(file: string, text: string): Promise<string> {
  try {
    await plan(file, text);
    return 'planned';
  } catch (error) {
    return error instanceof UserError ? formatProblems(error.problems) : `internal: ${messageOf(error)}`;
  }
}

async function plan(file: string, text: string) {
  const folder = mkdtempSync(join(tmpdir(), 'configs-'));
  writeFileSync(join(folder, 'a.ipynb'), JSON.stringify(NOTEBOOK));
  writeFileSync(join(folder, file), text);
  const raw = {
    face: 'command-line' as const,
    values: new Map([['configs' as const, file]]),
    parameters: new Map(),
  };
  return await planRuns(await buildRequest(raw, inputFiles(folder)), notebookSource(folder));
}
