import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { SourceFile } from './import-rules.ts';
import { importCycles, importProblems } from './import-rules.ts';

const MOST_LINES = 300;
const MEDIAN_LINES_BELOW = 100;
/** Where things without a home end up. */
const HOMELESS = /^(?:utils?|helpers?|common|services?|managers?|misc|lib|shared)$/i;

const root = new URL('../', import.meta.url);
const sources = filesBelow('src');
const code = [...sources, ...filesBelow('__tests__'), ...filesBelow('scripts')];

test('every import in src is allowed by the table', () => {
  expect(sources.length).toBeGreaterThan(50);
  expect(importProblems(sources)).toEqual([]);
});

test('no imports of src form a cycle', () => {
  expect(importCycles(sources)).toEqual([]);
});

test('no file is longer than 300 lines, and half of src is shorter than 100', () => {
  expect(code.filter((file) => linesOf(file) > MOST_LINES).map(({ path }) => path)).toEqual([]);
  const lengths = sources.map(linesOf).sort((a, b) => a - b);
  expect(lengths[Math.floor(lengths.length / 2)]).toBeLessThan(MEDIAN_LINES_BELOW);
});

test('nothing is exported by default', () => {
  const byDefault = /^export default\b|\bas default\b/m;
  expect(sources.filter(({ text }) => byDefault.test(text)).map(({ path }) => path)).toEqual([]);
});

test('no folder is named after nothing in particular', () => {
  const folders = new Set(code.flatMap(({ path }) => path.split('/').slice(0, -1)));
  expect([...folders].filter((name) => HOMELESS.test(name))).toEqual([]);
});

test.each([
  [
    'a stage imports an adapter',
    'src/plan/a.ts',
    "import { b } from '../adapters/b.ts';",
    'src/adapters/b.ts',
  ],
  ['a stage imports another stage', 'src/report/a.ts', "import { b } from '../plan/b.ts';", 'src/plan/b.ts'],
  [
    'a stage imports a type of another',
    'src/plan/a.ts',
    "import type { B } from '../inputs/b.ts';",
    'src/inputs/b.ts',
  ],
  [
    'a stage imports the composition root',
    'src/execute/a.ts',
    "import { main } from '../main.ts';",
    'src/main.ts',
  ],
  [
    'a stage reads files',
    'src/inputs/a.ts',
    "import { readFile } from 'node:fs/promises';",
    'node:fs/promises',
  ],
  [
    'a stage starts processes',
    'src/plan/a.ts',
    "import { spawn } from 'node:child_process';",
    'node:child_process',
  ],
  [
    'a stage talks to the runner',
    'src/report/a.ts',
    "import { info } from '@actions/core';",
    '@actions/core',
  ],
  ['a stage imports inside a function', 'src/plan/a.ts', "await import('ws');", 'ws'],
  [
    'a stage exports what is not its own',
    'src/plan/a.ts',
    "export { b } from '../inputs/b.ts';",
    'src/inputs/b.ts',
  ],
  [
    'the notebook library imports a stage',
    'src/notebook/a.ts',
    "import { b } from '../execute/b.ts';",
    'src/execute/b.ts',
  ],
  ['the model imports anything', 'src/model.ts', "import { messageOf } from './errors.ts';", 'src/errors.ts'],
  [
    'the story imports an adapter',
    'src/run-batch.ts',
    "import { b } from './adapters/b.ts';",
    'src/adapters/b.ts',
  ],
  [
    'an adapter imports the story',
    'src/adapters/a.ts',
    "import { runBatch } from '../run-batch.ts';",
    'src/run-batch.ts',
  ],
])('the table refuses that %s', (_, path, text, imported) => {
  expect(importProblems([{ path, text }])).toEqual([expect.stringContaining(`${path} imports ${imported}`)]);
});

test('the table refuses the environment, the network, the log and timers in a stage, and only there', () => {
  const text =
    'process.env["HOME"]; void fetch(url); console.log(1); setTimeout(f, 1); run.process(); ({ fetch: 1 });';
  expect(importProblems([{ path: 'src/plan/a.ts', text }])).toEqual([
    'src/plan/a.ts uses process, which src/plan/ may not',
    'src/plan/a.ts uses fetch, which src/plan/ may not',
    'src/plan/a.ts uses console, which src/plan/ may not',
    'src/plan/a.ts uses setTimeout, which src/plan/ may not',
  ]);
  expect(importProblems([{ path: 'src/adapters/a.ts', text }])).toEqual([]);
});

test('a file that no row speaks of is refused', () => {
  expect(importProblems([{ path: 'src/tools/a.ts', text: '' }])).toEqual([
    'src/tools/a.ts has no row in the table of import rules',
  ]);
});

test('what each layer needs is allowed', () => {
  const layers = [
    {
      path: 'src/main.ts',
      text: "import { b } from './adapters/b.ts'; import { runBatch } from './run-batch.ts';",
    },
    {
      path: 'src/adapters/a.ts',
      text: "import type { Clock } from '../execute/ports.ts'; import { b } from './b.ts';",
    },
    { path: 'src/run-batch.ts', text: "import { planRuns } from './plan/plan-runs.ts';" },
    { path: 'src/execute/a.ts', text: "import pLimit from 'p-limit'; import { b } from '../notebook/b.ts';" },
    {
      path: 'src/inputs/a.ts',
      text: "import { resolve } from 'node:path'; import type { Run } from '../model.ts';",
    },
  ];
  expect(importProblems(layers)).toEqual([]);
});

test('a cycle is told once, whole', () => {
  const cycle = [
    { path: 'src/plan/a.ts', text: "import './b.ts';" },
    { path: 'src/plan/b.ts', text: "import { type C } from './c.ts';" },
    { path: 'src/plan/c.ts', text: "import { a } from './a.ts';" },
    { path: 'src/plan/d.ts', text: "import { a } from './a.ts';" },
  ];
  expect(importCycles(cycle)).toEqual(['src/plan/a.ts → src/plan/b.ts → src/plan/c.ts → src/plan/a.ts']);
});

function filesBelow(folder: string): SourceFile[] {
  return readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' })
    .map((path) => `${folder}/${path.replaceAll('\\', '/')}`)
    .filter((path) => path.endsWith('.ts'))
    .map((path) => ({ path, text: readFileSync(new URL(path, root), 'utf8') }));
}

function linesOf({ text }: SourceFile): number {
  return text.trimEnd().split('\n').length;
}
