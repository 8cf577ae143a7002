import { describe, expect, it } from 'vitest';
import { aFolder, aNotebook, filesIn, runBundle } from './bundle.ts';

interface BadInput {
  readonly title: string;
  readonly files: Readonly<Record<string, unknown>>;
  readonly args?: readonly string[];
  readonly says: readonly (string | RegExp)[];
}

const notebook = aNotebook('x = 1');
const good = { notebook: 'nb.ipynb' };

const cases: readonly BadInput[] = [
  { title: 'no configs file', files: {}, says: ['configs.json'] },
  {
    title: 'a configs file that is not JSON',
    files: { 'configs.json': '{"a": ' },
    says: [/configs\.json has \d problem/, /1:\d/],
  },
  {
    title: 'a notebook that is not there, with the one that was meant',
    files: {
      'notebooks/explorer.ipynb': notebook,
      'configs.json': '{\n  "a": {"notebook": "notebooks/explorr.ipynb"}\n}',
    },
    says: [/2:\d+ +\/a\/notebook +"notebooks\/explorr\.ipynb" does not exist.*"notebooks\/explorer\.ipynb"/],
  },
  {
    title: 'a notebook that is none',
    files: { 'nb.ipynb': '{"cells": 3}', 'configs.json': { a: good } },
    says: ['nb.ipynb'],
  },
  {
    title: 'several mistakes at once',
    files: {
      'nb.ipynb': notebook,
      'configs.json': {
        a: { notebook: 'no.ipynb' },
        b: { notebook: 'neither.ipynb', parameters: { class: 1 }, run: { cell_timeout: '5 min' } },
      },
    },
    says: ['/a/notebook', '/b/run/cell_timeout', '"5 min"', '/b/notebook'],
  },
  {
    title: 'a kernel that is not installed, with those that are',
    files: {
      'nb.ipynb': notebook,
      'configs.json': { a: { ...good, parameters: {}, run: { kernel: 'cobol' } } },
    },
    says: ['"cobol"', 'python3'],
  },
  {
    title: 'a label that would leave the output folder',
    files: { 'nb.ipynb': notebook, 'configs.json': { a: { ...good, output_label: '../../x' } } },
    says: ['../../x', '/a/output_label'],
  },
  {
    title: 'two runs that would write one file',
    files: {
      'nb.ipynb': notebook,
      'configs.json': { a: { ...good, output_label: 'x' }, b: { ...good, output_label: 'X' } },
    },
    says: [/"a"/, /"b"/],
  },
  {
    title: 'a selection that matches nothing',
    files: { 'nb.ipynb': notebook, 'configs.json': { alpha: good } },
    args: ['--select', 'alpah'],
    says: ['alpah', 'alpha'],
  },
  {
    title: 'a parameter whose name is code',
    files: { 'nb.ipynb': notebook, 'configs.json': { a: { ...good, parameters: { 'x; import os': 1 } } } },
    says: ['x; import os'],
  },
  {
    title: 'an option of a later version',
    files: { 'nb.ipynb': notebook, 'configs.json': { a: good } },
    args: ['--server-url', 'http://localhost:8888'],
    says: ['server-url'],
  },
  {
    title: 'an output folder that is a file',
    files: { 'nb.ipynb': notebook, 'configs.json': { a: good }, out: 'a file' },
    args: ['--output-dir', 'out'],
    says: ['output folder', 'output-dir'],
  },
];

describe('one clear message, status 2, and nothing started or written for', () => {
  it.each(cases)('$title', async ({ files, args = [], says }) => {
    const folder = await aFolder(files);
    const before = filesIn(folder);
    const { status, stdout, stderr } = await runBundle(['run', ...args], { cwd: folder });
    for (const text of says) expect(stderr).toMatch(text instanceof RegExp ? text : escaped(text));
    expect(stderr).not.toContain('    at ');
    expect({ status, files: filesIn(folder) }).toEqual({ status: 2, files: before });
    expect(stdout).not.toContain('started');
  });
});

it('says which command installs Jupyter where none may be installed', async () => {
  const folder = await aFolder({
    'nb.ipynb': notebook,
    'configs.json': { a: good },
    'requirements.txt': 'six\n',
  });
  const args = ['run', '--install', 'never', '--requirements', 'requirements.txt'];
  const { status, stderr } = await runBundle(args, { cwd: folder });
  expect(stderr).toContain('-m pip install');
  expect(status).toBe(2);
});

function escaped(text: string): RegExp {
  return new RegExp(text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
}
