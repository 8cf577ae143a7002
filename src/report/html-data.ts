/** What report.html holds as data: written by `htmlReport`, read by the viewer. Types only; imports only types. */
import type { RunStatus } from '../model.ts';

/** The index of a report: everything but the notebooks and the images themselves. */
export interface ReportData {
  readonly version: 1;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly durationMs: number;
  readonly commit: string | null;
  readonly links: readonly ReportLink[];
  /** In plan order. */
  readonly runs: readonly ReportRun[];
  /** Files over which a large report is split, this one included; one entry when it is not. */
  readonly pages: readonly string[];
  /** Position of this file in `pages`. */
  readonly page: number;
}

/** An address of our own, for instance the run of the workflow. */
export interface ReportLink {
  readonly label: string;
  readonly url: string;
}

export interface ReportRun {
  readonly name: string;
  readonly notebook: string;
  readonly outputLabel: string;
  readonly outputPath: string;
  readonly kernel: string;
  readonly status: RunStatus;
  /** Whether the notebook holds everything its kernel said. */
  readonly output: { readonly kind: string; readonly messages?: number };
  readonly attempts: number;
  readonly startedAt: string | null;
  readonly durationMs: number;
  readonly queueMs: number;
  readonly peakMemoryBytes: number | null;
  readonly cpuMs: number | null;
  readonly cells: { readonly total: number; readonly executed: number };
  readonly error: ReportError | null;
  /** Name and text; the keys of `config` by themselves. Texts as people write them, strings without quotes. */
  readonly parameters: readonly (readonly [string, string])[];
  /** Position in `pages` of the file that holds the notebook. */
  readonly page: number;
  /** Number of its stored notebook; null = there is none in this file. */
  readonly stored: number | null;
  /** Number of the image that is its last plot. */
  readonly thumbnail: number | null;
  readonly spans: readonly CellSpan[];
}

export interface ReportError {
  readonly ename: string;
  readonly evalue: string;
  readonly traceback: string;
  readonly cellIndex: number | null;
  readonly executionCount: number | null;
  readonly file: string;
  readonly line: number | null;
}

/** Milliseconds from the start of the batch: start and end of one cell; then its execution count, null = unknown. */
export type CellSpan = readonly [number, number, number | null];
