/** What the comment, the job summary and the annotations are made of. */
import type { BatchResult, Run, RunResult } from '../model.ts';
import type { Notebook } from '../notebook/types.ts';
import type { Redact } from './redact.ts';
import type { ReportCell } from './report-address.ts';

/** Our own addresses. Nothing else is ever a link; what is undefined is not shown. */
export interface Links {
  /** The run of the workflow. */
  readonly runUrl?: string | undefined;
  /** The artifact with the executed notebooks. */
  readonly artifactUrl?: string | undefined;
  /** The HTML report. */
  readonly reportUrl?: string | undefined;
  readonly commitUrl?: string | undefined;
  /** Where the repository's files are seen at the commit: `https://github.com/o/r/blob/<sha>`. */
  readonly blobUrl?: string | undefined;
  /** Where one run is seen by itself, or one of its cells: a place in the report. */
  readonly ofRun?: ((run: Run, cell?: ReportCell) => string | undefined) | undefined;
}

/** A finished batch, and its executed notebooks, which are asked for one at a time. */
export interface ReportSource {
  readonly batch: BatchResult;
  /** Hash of the commit that was checked out; undefined outside a repository. */
  readonly commit: string | undefined;
  /** Root of the checked-out repository, absolute: paths on GitHub are relative to it. */
  readonly repository: string;
  /** Hides secrets in everything that is told. */
  readonly redact: Redact;
  /** The executed notebook; undefined when there is none, or none that can be read. Must not throw. */
  executedNotebook(result: RunResult): Promise<Notebook | undefined>;
}

/** A batch and what its notebooks say, small enough to be kept for any number of runs. Secrets are hidden. */
export interface BatchDigest {
  readonly batch: BatchResult;
  readonly commit: string | undefined;
  readonly repository: string;
  /** In plan order, one for each result of the batch. */
  readonly runs: readonly RunDigest[];
  /** Secrets that were hidden on the way. */
  readonly hidden: number;
}

/** What one executed notebook says. */
export interface RunDigest {
  readonly result: RunResult;
  /** Language of the kernel in small letters, for instance `python`; empty when unknown. */
  readonly language: string;
  /** Undefined when no cell failed, or when the notebook could not be read. */
  readonly failure: FailureDigest | undefined;
  /** The last tables, texts and formulas of the notebook, in its order. */
  readonly outputs: readonly OutputDigest[];
  /** Figures among its outputs, which can only be seen in the notebook or the report. */
  readonly figures: number;
  /** Numbers that the notebook ends with, by name: scraps, a table of one row, or the value of a last cell. */
  readonly numbers: ReadonlyMap<string, number>;
  /** The cell that took longest; undefined when times are not known. */
  readonly slowestCell: { readonly executionCount: number; readonly durationMs: number } | undefined;
}

export interface FailureDigest {
  /** First lines of the failing cell's source. */
  readonly source: readonly string[];
  /** What was printed last before the failure, without colours. */
  readonly lastLines: readonly string[];
}

/** An output that needs no hosting to be seen. */
export type OutputDigest =
  | { readonly kind: 'table'; readonly table: TableDigest }
  | { readonly kind: 'markdown'; readonly text: string }
  | { readonly kind: 'latex'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string };

/** A table as plain text; every row has as many cells as there are columns. */
export interface TableDigest {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Rows and columns there were, when more than are kept. */
  readonly of: { readonly rows: number; readonly columns: number };
}

/** A run of a workflow, ordered by number, then attempt. */
export interface CommentWriter {
  readonly number: number;
  readonly attempt: number;
}
