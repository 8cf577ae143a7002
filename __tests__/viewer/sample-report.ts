import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { deflateRaw } from 'node:zlib';
import type { ReportLink, ReportRun } from '../../src/report/html-data.ts';
import type { ReadResults, ReadRun } from '../../src/report/html-read-results.ts';
import { htmlReport, type ReportPart } from '../../src/report/html-report.ts';

const VIEWER = new URL('../../dist/viewer/report.html', import.meta.url);
const deflate = promisify(deflateRaw);

export interface SampleRun extends Partial<Omit<ReportRun, 'stored' | 'spans'>> {
  /** Cells of its notebook; null = it has none. */
  readonly cells_?: readonly object[] | null;
  readonly metadata?: object;
}

/** A run that passed, and what this test cares about. */
export function aRun(changes: SampleRun = {}): SampleRun & ReadRun {
  const name = changes.name ?? 'bank';
  return {
    name,
    notebook: 'notebooks/explorer.ipynb',
    outputLabel: name,
    outputPath: `papermill_outputs/explorer/${name}.ipynb`,
    kernel: 'python3',
    status: 'passed',
    output: { kind: 'complete' },
    attempts: 1,
    startedAt: '2026-01-02T03:04:05.000Z',
    durationMs: 2_000,
    queueMs: 0,
    peakMemoryBytes: null,
    cpuMs: 1_000,
    cells: { total: 1, executed: 1 },
    error: null,
    parameters: [],
    ...changes,
  };
}

export function code(source: string, outputs: readonly object[] = [], extra: object = {}): object {
  return { cell_type: 'code', metadata: {}, source, outputs, execution_count: 1, ...extra };
}

export function markdown(source: string, extra: object = {}): object {
  return { cell_type: 'markdown', metadata: {}, source, ...extra };
}

export function display(data: object, metadata: object = {}): object {
  return { output_type: 'display_data', data, metadata };
}

export function resultsOf(runs: readonly (SampleRun & ReadRun)[]): ReadResults {
  return { startedAt: '2026-01-02T03:04:05.000Z', durationMs: 3_000, commit: null, runs };
}

/** The text of a report over these runs. */
export async function sampleReport(
  runs: readonly (SampleRun & ReadRun)[],
  { part, links = [] }: { readonly part?: ReportPart; readonly links?: readonly ReportLink[] } = {},
): Promise<string> {
  const source = {
    results: resultsOf(runs),
    links,
    notebook: (index: number) => Promise.resolve(notebookText(runs[index])),
    deflate: (bytes: Uint8Array) => deflate(bytes),
  };
  const pieces: string[] = [];
  for await (const piece of htmlReport(source, readFileSync(VIEWER, 'utf8'), part)) pieces.push(piece);
  return pieces.join('');
}

export function notebookText(run: SampleRun | undefined): string | undefined {
  if (run === undefined || run.cells_ === null) return undefined;
  const { cells_: cells = [], metadata = {} } = run;
  return `${JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 }, undefined, 1)}\n`;
}
