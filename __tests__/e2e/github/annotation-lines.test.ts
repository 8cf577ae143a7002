import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { aNotebook } from '../bundle.ts';
import { aPullRequestEvent, commandsIn, Workflow } from './workflow.ts';

/** The line that fails is called by the last line of the cell, and the cell is the second of the source, third when executed. */
const FAILING = [
  'def ratio(of):',
  '    zero = 0',
  '    return of / zero',
  '',
  'before = 1',
  'ratio(before)  # here',
];

type Cells = readonly { readonly source: string }[];

/** The source as Jupyter writes it: a list of lines, each with its end. */
function asLines(notebook: object): object {
  const { cells, ...rest } = notebook as { cells: Cells };
  const split = (source: string): string[] => source.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  return { ...rest, cells: cells.map((cell) => ({ ...cell, source: split(cell.source) })) };
}

const NOTEBOOK = aNotebook('n = 0', FAILING.join('\n'), 'print("never")');
const FORMATS: Readonly<Record<string, string>> = {
  'jupyter.ipynb': `${JSON.stringify(asLines(NOTEBOOK), null, 1)}\n`,
  'indented.ipynb': JSON.stringify(asLines(NOTEBOOK), null, 2),
  'windows.ipynb': JSON.stringify(asLines(NOTEBOOK), null, 2).replaceAll('\n', '\r\n'),
  'marked.ipynb': `\ufeff${JSON.stringify(asLines(NOTEBOOK), null, '\t')}`,
  'strings.ipynb': JSON.stringify(NOTEBOOK, null, 1),
  'windows-source.ipynb': JSON.stringify(aNotebook('n = 0', FAILING.join('\r\n')), null, 1),
  'minified.ipynb': JSON.stringify(asLines(NOTEBOOK)),
};

it('annotates the line of the file in which the failing line of the source stands, however the file is written', async () => {
  const names = Object.keys(FORMATS);
  const workflow = await Workflow.start({
    event: 'pull_request',
    payload: aPullRequestEvent(),
    files: {
      ...Object.fromEntries(names.map((name) => [`deep/er/${name}`, FORMATS[name]])),
      'deep/configs.json': Object.fromEntries(
        names.map((name) => [name, { notebook: `er/${name}`, parameters: { n: 1 } }]),
      ),
    },
  });
  const step = await workflow.run({ 'working-directory': 'deep', 'max-parallel': '2' });
  expect(step.status).toBe(1);
  const places = commandsIn(step).map((line) => /file=([^,]*),line=(\d+)/.exec(line)?.slice(1));
  const expected = names.map((name) => {
    const lines = readFileSync(join(workflow.folder, 'deep/er', name), 'utf8').split('\n');
    return [`deep/er/${name}`, String(lines.findIndex((line) => line.includes('# here')) + 1)];
  });
  expect(places.sort()).toEqual(expected.sort());
  expect(new Set(expected.map(([, line]) => line)).size).toBeGreaterThan(2);
  // The comment leads to the same lines.
  for (const [file, line] of expected) {
    expect(workflow.github.comments[0]?.body).toContain(`/${file}?plain=1#L${line})`);
  }
});
