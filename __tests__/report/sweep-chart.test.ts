import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import type { Value } from '../../src/model.ts';
import type { RunDigest } from '../../src/report/publication.ts';
import { runFamilies } from '../../src/report/run-families.ts';
import { sweepCharts } from '../../src/report/sweep-chart.ts';
import { aResult, aRun } from '../fakes/runs.ts';
import { hostileText } from './hostile-text.ts';

/** Other work may have the CPUs. */
vi.setConfig({ testTimeout: 60_000 });

interface Point {
  readonly at: Readonly<Record<string, Value>>;
  readonly numbers?: Readonly<Record<string, number>>;
  readonly durationMs?: number;
}

function chartsOf(points: readonly Point[]): readonly string[] {
  const runs = points.map(({ at, numbers = {}, durationMs = 1_000 }, index): RunDigest => {
    const run = aRun({ name: `${index}`, parameters: new Map(Object.entries(at)), varies: Object.keys(at) });
    return {
      result: aResult({ run, durationMs }),
      language: 'python',
      failure: undefined,
      outputs: [],
      figures: 0,
      numbers: new Map(Object.entries(numbers)),
      slowestCell: undefined,
    };
  });
  return runFamilies(runs).flatMap(sweepCharts);
}

test('a sweep over one number is a line from its smallest to its largest value', () => {
  const [chart, ...others] = chartsOf([10, 1, 5].map((x) => ({ at: { x }, numbers: { y: x * x } })));
  expect(others).toEqual([]);
  expect(chart).toBe(
    [
      'y over x',
      '',
      '```mermaid',
      '%%{init: {"xyChart": {"width": 640, "height": 280}, "themeVariables": {"xyChart": {"plotColorPalette": "#0969da"}}}}%%',
      'xychart-beta',
      '  x-axis "x" ["1.0", "5.0", "10.0"]',
      '  y-axis "y" 0 --> 109.9',
      '  line [1, 25, 100]',
      '```',
    ].join('\n'),
  );
});

test('the values of a second parameter are lines, told apart by their colours in the caption', () => {
  const points = [1n, 2n, 3n].flatMap((x) =>
    ['a', 'b'].map((model) => ({ at: { model, x }, numbers: { y: Number(x) + model.length } })),
  );
  const [chart = ''] = chartsOf(points);
  expect(chart.split('\n')[0]).toBe('y over x · 🟦 `model = a` · 🟥 `model = b`');
  expect(chart).toContain('"#0969da, #d1242f"');
  expect(chart.match(/ {2}line .*/g)).toEqual(['  line [2, 3, 4]', '  line [2, 3, 4]']);
});

test('a value that was not measured for every line is left out, and that is said', () => {
  const points = [1n, 2n, 3n].flatMap((x) =>
    [1n, 2n].map((k) => ({ at: { x, k }, numbers: x === 2n && k === 1n ? {} : { y: Number(x) } })),
  );
  const [chart = ''] = chartsOf(points);
  expect(chart).toContain('1 value left out: not measured for every run');
  expect(chart).toContain('x-axis "x" ["1", "3"]');
  expect(chart.match(/ {2}line .*/g)).toEqual(['  line [1, 3]', '  line [1, 3]']);
});

test('without numbers the time is drawn', () => {
  const [chart = ''] = chartsOf([1n, 2n].map((x) => ({ at: { x }, durationMs: 1_500 * Number(x) })));
  expect(chart).toContain('y-axis "time in s" 0 --> 3.15\n  line [1.5, 3]');
});

test('very large and very small numbers are drawn in powers of a thousand', () => {
  const [large = ''] = chartsOf([1n, 2n].map((x) => ({ at: { x }, numbers: { y: 2.5e9 * Number(x) } })));
  expect(large).toContain('y-axis "y (×10⁹)" 0 --> 5.25\n  line [2.5, 5]');
  const [small = ''] = chartsOf([1n, 2n].map((x) => ({ at: { x }, numbers: { y: -3e-7 * Number(x) } })));
  expect(small).toContain('y-axis "y (×10⁻⁹)" -630 --> -270\n  line [-300, -600]');
});

test.each<[string, readonly Point[]]>([
  ['no parameter is a number', ['a', 'b'].map((x) => ({ at: { x }, numbers: { y: x.length } }))],
  [
    'three parameters vary',
    [1, 2].flatMap((a) => [1, 2].flatMap((b) => [1, 2].map((c) => ({ at: { a, b, c } })))),
  ],
  ['there is one run', [{ at: { x: 1 }, numbers: { y: 1 } }]],
  [
    'the lines are too many to be told apart',
    [1, 2].flatMap((x) => ['a', 'b', 'c', 'd', 'e', 'f'].map((m) => ({ at: { x, m } }))),
  ],
  ['nothing moves', [1, 2].map((x) => ({ at: { x }, numbers: { y: 7 } }))],
])('there is no chart when %s', (_, points) => {
  expect(chartsOf(points)).toEqual([]);
});

test('whatever parameters and numbers are called, a diagram has the lines of its language and no others', () => {
  const label = '"[^"`\\n]+"';
  const number = String.raw`-?\d+(?:\.\d+)?`;
  const language = new RegExp(
    [
      '^```mermaid',
      '%%\\{init: [^\\n]*\\}%%',
      'xychart-beta',
      `  x-axis ${label} \\[${label}(?:, ${label})*\\]`,
      `  y-axis ${label} ${number} --> ${number}`,
      `(?:  line \\[${number}(?:, ${number})*\\]\\n)+\`\`\`$`,
    ].join('\n'),
  );
  fc.assert(
    fc.property(
      hostileText,
      hostileText,
      fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 2, maxLength: 6 }),
      (x, y, values) => {
        for (const chart of chartsOf(
          values.map((value, index) => ({ at: { [x]: index * 1.5 }, numbers: { [`${y}.`]: value } })),
        )) {
          expect(chart.slice(chart.lastIndexOf('```mermaid'))).toMatch(language);
        }
      },
    ),
  );
});
