import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { htmlTable } from '../../src/report/html-table.ts';
import { hostileText } from './hostile-text.ts';

/** Other work may have the CPUs. */
vi.setConfig({ testTimeout: 60_000 });

test('a DataFrame is read with its index, entities decoded, without its style', () => {
  const html = `<div><style scoped>.dataframe td { color: "<table>"; }</style>
    <table border="1" class="dataframe">
      <thead><tr style="text-align: right;"><th></th><th>a &amp; b</th><th>x</th></tr></thead>
      <tbody><tr><th>0</th><td>1.5</td><td>&lt;NA&gt;&nbsp;&#x263a;</td></tr></tbody>
    </table><p>150 rows × 2 columns</p></div>`;
  expect(htmlTable(html)).toEqual({
    header: ['', 'a & b', 'x'],
    rows: [['0', '1.5', '<NA> ☺']],
    of: { rows: 150, columns: 3 },
  });
});

test('headings over several columns and lines, and an index over several rows, are spread out', () => {
  const html = `<table>
    <tr><th></th><th></th><th colspan="2">mean</th></tr>
    <tr><th>group</th><th>part</th><th>a</th><th>b</th></tr>
    <tr><th rowspan="2">one</th><th>x</th><td>1</td><td>2</td></tr>
    <tr><th>y</th><td>3</td><td>4</td></tr>
  </table>`;
  expect(htmlTable(html)).toEqual({
    header: ['group', 'part', 'mean a', 'mean b'],
    rows: [
      ['one', 'x', '1', '2'],
      ['', 'y', '3', '4'],
    ],
    of: { rows: 2, columns: 4 },
  });
});

test('a table of polars, without closing tags, with a table inside, is read', () => {
  const html =
    '<small>shape: (9, 1)</small><table><thead><tr><th>n<th>m<tbody><tr><td>1<td>a<table><tr><td>inner</table>b';
  expect(htmlTable(html)).toEqual({
    header: ['n', 'm'],
    rows: [['1', 'a inner b']],
    of: { rows: 9, columns: 2 },
  });
});

test.each(['', 'text', '<div>no table</div>', '<table></table>', '<!-- <table><tr><td>1</table> -->'])(
  '%j has no table',
  (html) => {
    expect(htmlTable(html)).toBeUndefined();
  },
);

test('any text is read without failing, into rows of one width and bounded size', () => {
  const tag = fc.constantFrom(
    '<table>',
    '</table>',
    '<tr>',
    '<td>',
    '<th rowspan=9999>',
    '<td colspan="9999">',
    '</td>',
    '<thead>',
    '<td title="a>b">',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(tag, hostileText), { maxLength: 60 }), (pieces) => {
      const table = htmlTable(pieces.join(''));
      if (table === undefined) return;
      expect(table.header.length).toBeLessThanOrEqual(24);
      expect(new Set([table.header, ...table.rows].map(({ length }) => length)).size).toBe(1);
      expect(Math.max(...table.rows.flat().map(({ length }) => length), 0)).toBeLessThanOrEqual(200);
    }),
  );
});

test('a table without end takes no longer than it is long', () => {
  const started = performance.now();
  for (const piece of [
    '<',
    '<a ',
    '<a "',
    '<td>',
    '<!--',
    '<style>',
    '<table>',
    '&#',
    '<tr><td rowspan=24>',
  ]) {
    htmlTable(`<table>${piece.repeat(1_000_000)}`);
  }
  expect(performance.now() - started).toBeLessThan(20_000);
});
