import type { BatchEvent, Run, RunResult } from '../model.ts';
import { displayWidth } from './display-width.ts';
import { inertText } from './inert-text.ts';
import { STATUS_WORDS } from './status-words.ts';
import { remainingMs } from './time-left.ts';

export interface RunningRun {
  /** Inert. */
  readonly name: string;
  readonly key: string;
  readonly startedMs: number;
  readonly attempt: number;
  /** The cell being executed, from 1 among `of`; undefined while the kernel starts. */
  readonly cell: { readonly number: number; readonly of: number } | undefined;
}

/** What the live view knows. Times are the monotonic milliseconds that came with the events. */
export interface LiveView {
  readonly total: number;
  readonly parallel: number;
  readonly startedMs: number;
  /** A run keeps its line; the line of one that ended goes to the next that starts. */
  readonly slots: readonly (RunningRun | undefined)[];
  readonly counts: { readonly passed: number; readonly failed: number; readonly skipped: number };
  /** Of the runs that were executed. */
  readonly durations: { readonly count: number; readonly sumMs: number };
  /** Columns of the longest name so far. */
  readonly nameWidth: number;
  /** When the batch will probably be over; undefined until a run has shown how long they take. */
  readonly expectedEndMs: number | undefined;
}

export const EMPTY_VIEW: LiveView = {
  total: 0,
  parallel: 1,
  startedMs: 0,
  slots: [],
  counts: { passed: 0, failed: 0, skipped: 0 },
  durations: { count: 0, sumMs: 0 },
  nameWidth: 0,
  expectedEndMs: undefined,
};

/** Share of a new guess that moves the expected end: enough to follow, too little to jump. */
const FOLLOW = 0.3;

/** The view after one more event. */
export function foldEvent(view: LiveView, event: BatchEvent, nowMs: number): LiveView {
  switch (event.kind) {
    case 'batch-started':
      return { ...EMPTY_VIEW, total: event.total, parallel: event.parallel, startedMs: nowMs };
    case 'run-started':
      return started(view, event.run, event.attempt, nowMs);
    case 'cell-started':
      return expectEnd(inCell(view, event.run, { number: event.cell, of: event.of }), nowMs);
    case 'run-finished':
      return expectEnd(finished(view, event.result), nowMs);
    case 'notice':
      return view;
    case 'batch-finished':
      return { ...view, slots: [] };
  }
}

/** Runs that ended, in whatever way. */
export function finishedCount({ counts }: LiveView): number {
  return counts.passed + counts.failed + counts.skipped;
}

function started(view: LiveView, run: Run, attempt: number, nowMs: number): LiveView {
  const name = inertText(run.name);
  const entry = { name, key: run.name, startedMs: nowMs, attempt, cell: undefined };
  const slots = [...view.slots];
  const again = slots.findIndex((slot) => slot?.key === run.name);
  const free = again >= 0 ? again : slots.findIndex((slot) => slot === undefined);
  slots[free >= 0 ? free : slots.length] = entry;
  return { ...view, slots, nameWidth: Math.max(view.nameWidth, displayWidth(name)) };
}

function inCell(view: LiveView, run: Run, cell: NonNullable<RunningRun['cell']>): LiveView {
  return { ...view, slots: view.slots.map((slot) => (slot?.key === run.name ? { ...slot, cell } : slot)) };
}

function finished(view: LiveView, result: RunResult): LiveView {
  const { counts } = STATUS_WORDS[result.status];
  const { count, sumMs } = view.durations;
  const wasExecuted = result.attempts > 0 && result.status !== 'cancelled';
  return {
    ...view,
    slots: view.slots.map((slot) => (slot?.key === result.run.name ? undefined : slot)),
    counts: { ...view.counts, [counts]: view.counts[counts] + 1 },
    durations: wasExecuted ? { count: count + 1, sumMs: sumMs + result.durationMs } : view.durations,
  };
}

function expectEnd(view: LiveView, nowMs: number): LiveView {
  if (view.durations.count === 0) return view;
  const flights = view.slots
    .filter((slot) => slot !== undefined)
    .map(({ startedMs, cell }) => ({
      elapsedMs: nowMs - startedMs,
      share: cell === undefined || cell.of <= 0 ? 0 : (cell.number - 1) / cell.of,
    }));
  const guess =
    nowMs +
    remainingMs({
      flights,
      waiting: Math.max(0, view.total - finishedCount(view) - flights.length),
      parallel: view.parallel,
      meanDurationMs: view.durations.sumMs / view.durations.count,
    });
  const before = view.expectedEndMs ?? guess;
  return { ...view, expectedEndMs: before + FOLLOW * (guess - before) };
}
