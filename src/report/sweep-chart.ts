import type { Value } from '../model.ts';
import { codeSpan, mermaidLabel, prose } from './inert-markdown.ts';
import { valueText } from './parameters-text.ts';
import type { RunDigest } from './publication.ts';
import { type RunFamily, valueOf } from './run-families.ts';

/** A chart without a legend needs its lines told apart in words: colours that also have a square among the emoji. */
const COLOURS = [
  { hex: '#0969da', square: '🟦' },
  { hex: '#d1242f', square: '🟥' },
  { hex: '#1a7f37', square: '🟩' },
  { hex: '#bc4c00', square: '🟧' },
  { hex: '#8250df', square: '🟪' },
] as const;

const MAX_POINTS = 40;
const MAX_CHARTS = 2;

interface Axis {
  readonly name: string;
  readonly values: readonly Value[];
}

interface Measure {
  readonly name: string;
  readonly of: (run: RunDigest) => number | undefined;
}

/**
 * Charts of a sweep over one or two parameters, at least one of them a number: its values from left to right, and a
 * line for each value of the other. What is measured are the numbers of the notebooks, or else how long they took. Each
 * chart is a block of Markdown; GitHub draws Mermaid. None where the values are too few, too many, or ambiguous.
 */
export function sweepCharts(family: RunFamily): readonly string[] {
  const axes = family.varying.map((name) => axisOf(family, name));
  if (axes.length === 0 || axes.length > 2) return [];
  const x = axes.filter(isNumeric).toSorted((a, b) => b.values.length - a.values.length)[0];
  const other = axes.find((axis) => axis !== x);
  if (x === undefined || (other !== undefined && other.values.length > COLOURS.length)) return [];
  return measures(family)
    .flatMap((measure) => chart(family, { x, other, measure }))
    .slice(0, MAX_CHARTS);
}

function measures({ numbers }: RunFamily): readonly Measure[] {
  if (numbers.length > 0) return numbers.map((name) => ({ name, of: (run) => run.numbers.get(name) }));
  return [
    {
      name: 'time in s',
      of: ({ result }) => (result.status === 'passed' ? result.durationMs / 1000 : undefined),
    },
  ];
}

function chart(
  { runs }: RunFamily,
  { x, other, measure }: { readonly x: Axis; readonly other: Axis | undefined; readonly measure: Measure },
): readonly string[] {
  const lines = (other?.values ?? [undefined]).map((value) => {
    const own = runs.filter((run) => value === undefined || same(valueOf(run, other?.name ?? ''), value));
    return { value, points: x.values.map((at) => only(own.filter((run) => same(valueOf(run, x.name), at)))) };
  });
  const measured = lines.map(({ value, points }) => ({
    value,
    points: points.map((run) => (run === undefined ? undefined : drawable(measure.of(run)))),
  }));
  // Lines of this kind of chart have no gaps: what one of them lacks, all of them leave out.
  const present = x.values.map((_, index) => measured.every(({ points }) => points[index] !== undefined));
  const shown = x.values.filter((_, index) => present[index]);
  if (shown.length < 2 || shown.length > MAX_POINTS) return [];
  const values = measured.map(({ points }) =>
    points.filter((point, index): point is number => present[index] === true && point !== undefined),
  );
  // A number that the parameter does not move is no result of the sweep.
  if (values.every((line) => line.every((value) => value === line[0]))) return [];
  const left = x.values.length - shown.length;
  const caption = [
    `${prose(measure.name, 40)} over ${prose(x.name, 40)}`,
    ...(other === undefined
      ? []
      : measured.map(
          ({ value }, index) =>
            `${COLOURS[index]?.square ?? ''} ${codeSpan(`${other.name} = ${valueText(value ?? null)}`, 40)}`,
        )),
    ...(left > 0 ? [`${left} ${left === 1 ? 'value' : 'values'} left out: not measured for every run`] : []),
  ].join(' · ');
  return [`${caption}\n\n${mermaid({ x: x.name, labels: shown.map(valueText), y: measure.name, values })}`];
}

/** What arithmetic with powers of ten survives. */
function drawable(value: number | undefined): number | undefined {
  if (value === undefined || value === 0) return value;
  return Math.abs(value) > 1e-200 && Math.abs(value) < 1e200 ? value : undefined;
}

function mermaid(parts: {
  readonly x: string;
  readonly labels: readonly string[];
  readonly y: string;
  readonly values: readonly (readonly number[])[];
}): string {
  const { exponent, scaled } = scaledValues(parts.values);
  const unit = exponent === 0 ? '' : ` (×10${superscript(exponent)})`;
  const all = scaled.flat();
  const [low, high] = range(Math.min(...all), Math.max(...all));
  const palette = COLOURS.slice(0, scaled.length).map(({ hex }) => hex);
  return [
    '```mermaid',
    `%%{init: {"xyChart": {"width": 640, "height": 280}, "themeVariables": {"xyChart": {"plotColorPalette": "${palette.join(', ')}"}}}}%%`,
    'xychart-beta',
    `  x-axis "${mermaidLabel(parts.x) || 'x'}" [${parts.labels.map((label) => `"${mermaidLabel(label, 12) || '?'}"`).join(', ')}]`,
    `  y-axis "${mermaidLabel(parts.y) || 'y'}${unit}" ${decimal(low)} --> ${decimal(high)}`,
    ...scaled.map((line) => `  line [${line.map(decimal).join(', ')}]`),
    '```',
  ].join('\n');
}

/** Mermaid reads no exponents: very large and very small numbers are shown in powers of a thousand. */
function scaledValues(values: readonly (readonly number[])[]): { exponent: number; scaled: number[][] } {
  const largest = Math.max(...values.flat().map(Math.abs));
  const fits = largest === 0 || (largest >= 1e-2 && largest < 1e6);
  const exponent = fits ? 0 : Math.floor(Math.log10(largest) / 3) * 3;
  return { exponent, scaled: values.map((line) => line.map((value) => value / 10 ** exponent)) };
}

/** A little room above and below; from zero where that costs little. */
function range(low: number, high: number): [number, number] {
  const room = (high - low) * 0.1 || Math.abs(high) * 0.1 || 1;
  return [low >= 0 && low <= high - low ? 0 : low - room, high + room];
}

function decimal(value: number): string {
  return Number(value.toPrecision(6))
    .toFixed(8)
    .replace(/\.?0+$/, '');
}

function superscript(exponent: number): string {
  return String(exponent).replace(/[-\d]/g, (digit) =>
    digit === '-' ? '⁻' : '⁰¹²³⁴⁵⁶⁷⁸⁹'.charAt(Number(digit)),
  );
}

/** Numbers from small to large, other values as they come. */
function axisOf({ runs }: RunFamily, name: string): Axis {
  const values: Value[] = [];
  for (const run of runs) {
    const value = valueOf(run, name);
    if (value !== undefined && !values.some((known) => same(known, value))) values.push(value);
  }
  const axis = { name, values };
  return isNumeric(axis) ? { name, values: values.toSorted((a, b) => Number(a) - Number(b)) } : axis;
}

function isNumeric({ values }: Axis): boolean {
  return values.every(
    (value) => typeof value === 'bigint' || (typeof value === 'number' && Number.isFinite(value)),
  );
}

function same(a: Value | undefined, b: Value): boolean {
  return a !== undefined && typeof a === typeof b && valueText(a) === valueText(b);
}

/** Two runs for one point would make a line ambiguous. */
function only(runs: readonly RunDigest[]): RunDigest | undefined {
  return runs.length === 1 ? runs[0] : undefined;
}
