import type { BatchEvent, Run, RunResult } from '../model.ts';
import { outputRemark, reasonText } from './failure-text.ts';
import { formatDuration } from './format-duration.ts';
import { inertText } from './inert-text.ts';
import { STATUS_WORDS } from './status-words.ts';
import { totals } from './verdict.ts';

/** A run in flight says so this often, so that a log shows it is alive without drowning in it. */
export const HEARTBEAT_MS = 30_000;

interface Entry {
  /** Runs are numbered as they start, so that the lines of one can be found among the others. */
  readonly number: number;
  readonly running: boolean;
  readonly startedMs: number;
  readonly saidMs: number;
  readonly cell: string | undefined;
}

/** What the plain lines remember from event to event. */
export interface PlainView {
  readonly total: number;
  readonly entries: ReadonlyMap<string, Entry>;
}

export const EMPTY_PLAIN_VIEW: PlainView = { total: 0, entries: new Map() };

/** `nowMs` is monotonic; `date` is shown, in the reader's own time zone. */
export interface Moment {
  readonly nowMs: number;
  readonly date: Date;
}

/**
 * The view after an event, and the lines that the event is worth: `12:00:03 [3/12] adult: started`. A `tick`, sent
 * every few seconds by whoever has the clock, gives long runs their heartbeat.
 */
export function plainLines(
  view: PlainView,
  event: BatchEvent | { readonly kind: 'tick' },
  { nowMs, date }: Moment,
): { readonly view: PlainView; readonly lines: readonly string[] } {
  const say = (...texts: string[]) => texts.map((text) => `${timeOfDay(date)} ${text}`);
  switch (event.kind) {
    case 'batch-started': {
      const runs = `${event.total} ${event.total === 1 ? 'run' : 'runs'}`;
      return {
        view: { total: event.total, entries: new Map() },
        lines: say(`${runs}, ${event.parallel} at once`),
      };
    }
    case 'run-started': {
      const entry = { ...entryOf(view, event.run), running: true, startedMs: nowMs, saidMs: nowMs };
      const again = event.attempt > 1 ? ` again, attempt ${event.attempt}` : '';
      return {
        view: withEntry(view, event.run, entry),
        lines: say(`${label(view, event.run)}: started${again}`),
      };
    }
    case 'cell-started': {
      const entry = { ...entryOf(view, event.run), cell: `cell ${event.cell}/${event.of}` };
      return { view: withEntry(view, event.run, entry), lines: [] };
    }
    case 'run-finished': {
      const { run } = event.result;
      const entry = { ...entryOf(view, run), running: false };
      const lines = say(`${label(view, run)}: ${endText(event.result)}`);
      return { view: withEntry(view, run, entry), lines };
    }
    case 'notice': {
      const about = event.run === undefined ? '' : `${label(view, event.run)}: `;
      const level = event.level === 'warning' ? 'warning: ' : '';
      return { view, lines: say(`${about}${level}${inertText(event.text)}`) };
    }
    case 'tick': {
      const due = [...view.entries].filter(
        ([, { running, saidMs }]) => running && nowMs - saidMs >= HEARTBEAT_MS,
      );
      const entries = new Map([
        ...view.entries,
        ...due.map(([key, entry]) => [key, { ...entry, saidMs: nowMs }] as const),
      ]);
      const lines = due.map(
        ([key, { number, cell, startedMs }]) =>
          `[${number}/${view.total}] ${inertText(key)}: ${cell ?? 'starting kernel'}, ${formatDuration(nowMs - startedMs)} so far`,
      );
      return { view: { ...view, entries }, lines: say(...lines) };
    }
    case 'batch-finished': {
      const { passed, failed, skipped } = totals(event.batch);
      const counts = `${passed} passed, ${failed} failed, ${skipped} skipped`;
      return { view, lines: say(`${counts} in ${formatDuration(event.batch.durationMs)}`) };
    }
  }
}

/** `failed in 3.2 s: cell 5 (In [4]) ZeroDivisionError: division by zero` */
function endText(result: RunResult): string {
  const remarks = [result.attempts > 1 ? `attempt ${result.attempts}` : undefined, outputRemark(result)]
    .filter((remark) => remark !== undefined)
    .map((remark) => ` (${remark})`);
  const took = result.attempts === 0 ? '' : ` in ${formatDuration(result.durationMs)}`;
  const reason = reasonText(result);
  return `${STATUS_WORDS[result.status].long}${took}${remarks.join('')}${reason === '' ? '' : `: ${reason}`}`;
}

function label(view: PlainView, run: Run): string {
  return `[${entryOf(view, run).number}/${view.total}] ${inertText(run.name)}`;
}

function entryOf(view: PlainView, run: Run): Entry {
  const next = { number: view.entries.size + 1, running: false, startedMs: 0, saidMs: 0, cell: undefined };
  return view.entries.get(run.name) ?? next;
}

function withEntry(view: PlainView, run: Run, entry: Entry): PlainView {
  return { ...view, entries: new Map(view.entries).set(run.name, entry) };
}

function timeOfDay(date: Date): string {
  return [date.getHours(), date.getMinutes(), date.getSeconds()]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');
}
