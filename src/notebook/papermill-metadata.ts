import { isJsonObject } from './json-shape.ts';
import { jsonFloat } from './raw-number.ts';
import type { Cell, Json, JsonObject, Notebook } from './types.ts';

/** What papermill's metadata says about a run as a whole. */
export interface PapermillRun {
  /** The variables that were injected; undefined = none: those of an earlier run, whose cell is still there, stay. */
  readonly parameters: JsonObject | undefined;
  readonly inputPath: string;
  readonly outputPath: string;
  /** Who writes this, for instance `parallel-notebooks/1.2.3`. */
  readonly version: string;
  readonly startedAt: Date;
}

/**
 * Stamps the notebook with papermill's metadata at the start of a run, every cell pending, so that scrapbook and
 * other tools that know papermill read it. These functions change the notebook in place.
 */
export function stampStart(notebook: Notebook, run: PapermillRun): void {
  const old = notebook.metadata['papermill'];
  notebook.metadata['papermill'] = {
    // As papermill: what an earlier version of it wrote is not completed.
    ...(isJsonObject(old) ? old : { default_parameters: {}, environment_variables: {}, parameters: {} }),
    ...(run.parameters === undefined ? {} : { parameters: run.parameters }),
    input_path: run.inputPath,
    output_path: run.outputPath,
    start_time: pythonIsoTime(run.startedAt),
    end_time: null,
    duration: null,
    exception: null,
    version: run.version,
  };
  for (const cell of notebook.cells) {
    cell.metadata['tags'] ??= [];
    cell.metadata['papermill'] = {
      exception: null,
      start_time: null,
      end_time: null,
      duration: null,
      status: 'pending',
    };
  }
}

export function stampCellStart(cell: Cell, startedAt: Date): void {
  stamp(cell, { start_time: pythonIsoTime(startedAt), status: 'running', exception: false });
}

/** `failed`: the cell ended with an error that stops the run, by a timeout or with its kernel. */
export function stampCellEnd(
  cell: Cell,
  end: { readonly endedAt: Date; readonly durationMs: number; readonly failed: boolean },
): void {
  stamp(cell, {
    end_time: pythonIsoTime(end.endedAt),
    duration: seconds(end.durationMs),
    status: end.failed ? 'failed' : 'completed',
    exception: end.failed,
  });
}

/** There was nothing to execute in the cell: markdown, blank code, or code that is tagged to be skipped. */
export function stampCellPassed(cell: Cell, at: Date): void {
  stampCellStart(cell, at);
  stampCellEnd(cell, { endedAt: at, durationMs: 0, failed: false });
}

/**
 * The run is over. Cells that were not reached stay pending, also after a timeout or the death of the kernel, where
 * papermill calls them completed.
 */
export function stampEnd(
  notebook: Notebook,
  end: { readonly endedAt: Date; readonly durationMs: number; readonly failed: boolean },
): void {
  for (const cell of notebook.cells) {
    if (statusOf(cell) !== 'running') continue;
    stamp(cell, { status: 'failed', exception: true, end_time: pythonIsoTime(end.endedAt) });
  }
  const papermill = notebook.metadata['papermill'];
  notebook.metadata['papermill'] = {
    ...(isJsonObject(papermill) ? papermill : {}),
    end_time: pythonIsoTime(end.endedAt),
    duration: seconds(end.durationMs),
    exception: end.failed ? true : null,
  };
}

/** A float, as Python's `total_seconds` gives it: whole microseconds. */
function seconds(durationMs: number): Json {
  return jsonFloat(Math.round(durationMs * 1000) / 1_000_000);
}

function stamp(cell: Cell, changes: JsonObject): void {
  const { papermill } = cell.metadata;
  cell.metadata['papermill'] = { ...(isJsonObject(papermill) ? papermill : {}), ...changes };
}

function statusOf(cell: Cell): Json | undefined {
  const { papermill } = cell.metadata;
  return isJsonObject(papermill) ? papermill['status'] : undefined;
}

/** As Python's `isoformat` prints a UTC time: `2024-05-06T07:08:09.123000+00:00`, no fraction on the full second. */
function pythonIsoTime(date: Date): string {
  const [seconds = '', fraction = ''] = date.toISOString().slice(0, -1).split('.');
  return fraction === '000' ? `${seconds}+00:00` : `${seconds}.${fraction}000+00:00`;
}
