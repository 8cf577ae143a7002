import { readFile } from 'node:fs/promises';
import { inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { BASE85_ALPHABET, base85 } from '../../src/report/html-base85.ts';
import { buildReport } from '../../src/report/html-build.ts';
import { escapeHtml, scriptJson } from '../../src/report/html-escape.ts';
import { ImageStore, packNotebook } from '../../src/report/html-pack-notebook.ts';
import { readResults } from '../../src/report/html-read-results.ts';
import { splitReport } from '../../src/report/html-split.ts';
import type { ReportFiles } from '../../src/report/html-write.ts';
import { bytesOfBase85 } from '../../src/viewer/base85.ts';
import { writtenResults } from './written-results.ts';

const RUN = {
  outputPath: 'out/n/bank/n_bank.ipynb',
  parameters: {
    config: { notebook: 'n.ipynb', output_label: 'bank', rate: 1.5, deep: { a: [1] }, text: 'x' },
  },
};
const RESULTS = writtenResults([RUN]);
// eslint-disable-next-line no-control-regex
const MARK = /\u0001(\d+)\u0001/g;
const VIEWER = 'A<!--report:title-->B<!--report:noscript-->C<!--report:index-->D<!--report:notebooks-->E';

describe('base 85', () => {
  it('gives every sequence of bytes back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect([...bytesOfBase85(base85(bytes))]).toEqual([...bytes]);
      }),
    );
  });

  it('has 85 different characters, none of which HTML or JSON would read as more than itself', () => {
    expect(new Set(BASE85_ALPHABET).size).toBe(85);
    expect(BASE85_ALPHABET).not.toMatch(/[<&"'\\`\s]/);
  });
});

describe('packing a notebook', () => {
  const image = (byte: number): string => Buffer.alloc(400, byte).toString('base64');

  it('stores an image once, and gives every character back', () => {
    const images = new ImageStore();
    const texts = [
      `{"image/png": "${image(1)}\\n"} {"image/jpeg":"${image(2)}"} {"image/png": "${image(1)}"}`,
      `{"image/png": "${image(1)}"}`,
    ];
    const packed = texts.map((text) => packNotebook(text, images));
    expect(packed.map(({ newImages }) => newImages.map(({ number, type }) => [number, type]))).toEqual([
      [
        [0, 'image/png'],
        [1, 'image/jpeg'],
      ],
      [],
    ]);
    const all = packed.flatMap(({ newImages }) => newImages);
    const restored = packed.map(({ text }) => text.replace(MARK, (_, number: string) => base64Of(number)));
    expect(restored).toEqual(texts);
    function base64Of(number: string): string {
      return Buffer.from(all.find((one) => String(one.number) === number)?.bytes ?? []).toString('base64');
    }
  });

  it('leaves alone what decoding and encoding would change, and what holds the mark already', () => {
    const wrapped = `{"image/png": "${image(1).slice(0, 300)}\\n${image(1)}"}`;
    const marked = `{"image/png": "${image(1)}", "x": "\u00010\u0001"}`;
    for (const text of [wrapped, marked]) expect(packNotebook(text, new ImageStore()).text).toBe(text);
  });
});

describe('escaping', () => {
  it('leaves no way out of a script element, and the value as it was', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = scriptJson({ value, hostile: '</script><!--<script>\u2028' });
        expect(text).not.toMatch(/[<>&\u2028]/);
        expect(JSON.parse(text)).toEqual(
          JSON.parse(JSON.stringify({ value, hostile: '</script><!--<script>\u2028' })),
        );
      }),
    );
  });

  it('escapes everything that HTML knows', () => {
    expect(escapeHtml(`<a b="c" d='e'>&`)).toBe('&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;');
  });
});

describe('reading results.json', () => {
  it('opens the one variable of the 2019 form, and keeps numbers as they were written', () => {
    const text = JSON.stringify(RESULTS).replace('1.5', '1.0');
    expect(readResults(text, 'results.json').runs[0]?.parameters).toEqual([
      ['rate', '1.0'],
      ['deep', '{"a":[1]}'],
      ['text', 'x'],
    ]);
  });

  it('says everything that is wrong with another file', () => {
    const wrong = { ...writtenResults([{ status: 'odd', cells: 1 }]), version: 2, durationMs: 'long' };
    const problems = mistakesOf(() => readResults(JSON.stringify(wrong), 'r.json'));
    expect(problems).toEqual([
      '/version expected 1: this is not the results.json of a batch, or of a newer version.',
      '/durationMs expected a number, 0 or more.',
      '/runs/0/cells expected an object.',
      '/runs/0/status "odd" is not a status that this version knows.',
      '/runs/0/cells/total expected a number, 0 or more.',
      '/runs/0/cells/executed expected a number, 0 or more.',
    ]);
    expect(mistakesOf(() => readResults('{"a": 1,}', 'r.json'))).toHaveLength(1);
  });
});

describe('building a report', () => {
  it('finds notebooks where results.json says, or beside it, and nowhere else', async () => {
    const asked: string[] = [];
    const files = filesOf(
      { 'down/results.json': JSON.stringify(RESULTS), 'down/n/bank/n_bank.ipynb': '{}' },
      asked,
    );
    const built = await buildReport(['down/results.json'], 'site/report.html', files);
    expect(built).toEqual({ runs: 1, missing: [], paths: ['site/report.html'], pageOf: [0] });
    expect([...new Set(asked.filter((path) => path.endsWith('.ipynb')))]).toEqual([
      'out/n/bank/n_bank.ipynb',
      'down/out/n/bank/n_bank.ipynb',
      'down/n/bank/n_bank.ipynb',
    ]);
    expect(dataOf(files.written['site/report.html'] ?? '').runs[0]).toMatchObject({
      name: 'bank',
      stored: 0,
    });
  });

  it('never leaves those folders, and reads notebooks only', async () => {
    for (const outputPath of [
      '/etc/secret.ipynb',
      '../../secret.ipynb',
      'out/../../secret.ipynb',
      'passwd',
    ]) {
      const asked: string[] = [];
      const results = JSON.stringify(writtenResults([{ ...RUN, outputPath }]));
      const built = await buildReport(
        ['r/results.json'],
        'report.html',
        filesOf({ 'r/results.json': results }, asked),
      );
      expect(built.missing).toEqual([outputPath]);
      expect(asked.filter((path) => path !== 'r/results.json' && !/^r\/[^.]+\.ipynb$/.test(path))).toEqual(
        [],
      );
    }
  });

  it('joins the results of several batches', async () => {
    const later = { ...writtenResults([{ ...RUN, name: 'wine' }]), startedAt: '2026-01-02T03:04:06.000Z' };
    const files = filesOf({ 'a.json': JSON.stringify(RESULTS), 'b.json': JSON.stringify(later) });
    await buildReport(['a.json', 'b.json'], 'report.html', files);
    const data = dataOf(files.written['report.html'] ?? '');
    expect([data.durationMs, data.runs.map(({ name }) => name)]).toEqual([1010, ['bank', 'wine']]);
  });

  it('gives the same bytes for the same batch', async () => {
    const build = async (): Promise<unknown> => {
      const files = filesOf({
        'r.json': JSON.stringify(RESULTS),
        'out/n/bank/n_bank.ipynb': '{"cells": []}',
      });
      await buildReport(['r.json'], 'report.html', files);
      return files.written;
    };
    expect(await build()).toEqual(await build());
  });

  it('stores the notebook so that it can be read back', async () => {
    const notebook = `{"cells": [], "note": "</script>"}`;
    const files = filesOf({ 'r.json': JSON.stringify(RESULTS), 'out/n/bank/n_bank.ipynb': notebook });
    await buildReport(['r.json'], 'report.html', files);
    const [, stored = ''] = /id="notebook-0">([^<]*)</.exec(files.written['report.html'] ?? '') ?? [];
    expect(inflateRawSync(bytesOfBase85(stored)).toString()).toBe(notebook);
  });

  it('has the index before the notebooks, so that a browser shows it first', async () => {
    const files = filesOf({ 'r.json': JSON.stringify(RESULTS), 'out/n/bank/n_bank.ipynb': '{"cells": []}' });
    await buildReport(['r.json'], 'report.html', files);
    const written = files.written['report.html'] ?? '';
    const places = ['id="report"', '>\nD', 'id="notebook-0"', '>\nE'].map((part) => written.indexOf(part));
    expect(places).toEqual(places.toSorted((one, other) => one - other));
    expect(places).not.toContain(-1);
  });

  it('says which file is missing', async () => {
    await expect(buildReport(['no.json'], 'report.html', filesOf({}))).rejects.toThrow(
      'no.json does not exist.',
    );
  });
});

it('shows no notebook of a run that was never started: what stands in its place is an earlier one', async () => {
  const cancelled = { ...RUN, status: 'cancelled', attempts: 0, startedAt: null };
  const files = filesOf({
    'r.json': JSON.stringify(writtenResults([cancelled])),
    'out/n/bank/n_bank.ipynb': '{"cells": []}',
  });
  expect(await buildReport(['r.json'], 'report.html', files)).toMatchObject({ missing: [] });
  expect(dataOf(files.written['report.html'] ?? '').runs).toMatchObject([{ stored: null }]);
});

describe('splitting a report', () => {
  it('keeps one file as long as it can, and every run in order after that', () => {
    expect(splitReport([5, 5], 'report.html', 10)).toEqual([
      { pages: ['report.html'], pageOf: [0, 0], page: 0 },
    ]);
    const pages = ['report.html', 'report-2.html', 'report-3.html'];
    expect(splitReport([5, 6, 4, 30], 'report.html', 10)).toEqual(
      [0, 1, 2].map((page) => ({ pages, pageOf: [0, 1, 1, 2], page })),
    );
  });
});

it('ships a viewer that has a place for everything', async () => {
  const viewer = await readFile(new URL('../../dist/viewer/report.html', import.meta.url), 'utf8');
  expect(viewer.split(/<!--report:\w+-->/)).toHaveLength(5);
});

function filesOf(
  contents: Readonly<Record<string, string>>,
  asked: string[] = [],
): ReportFiles & { readonly written: Record<string, string> } {
  const written: Record<string, string> = {};
  return {
    written,
    read(path) {
      asked.push(path);
      return Promise.resolve(contents[path]);
    },
    size: (path) => Promise.resolve(contents[path]?.length),
    async write(path, chunks) {
      written[path] = (await Array.fromAsync(chunks)).join('');
    },
    viewer: () => Promise.resolve(VIEWER),
    deflate: async (bytes) => {
      const { deflateRawSync } = await import('node:zlib');
      return deflateRawSync(bytes);
    },
  };
}

function dataOf(html: string): { durationMs: number; runs: { name: string }[] } {
  const [, text = ''] = /id="report">([^<]*)</.exec(html) ?? [];
  return JSON.parse(text) as { durationMs: number; runs: { name: string }[] };
}

function mistakesOf(act: () => unknown): string[] {
  try {
    act();
  } catch (error) {
    if (error instanceof UserError) {
      return error.problems.map(({ pointer, message }) => `${pointer ?? ''} ${message}`.trim());
    }
  }
  return [];
}
