import { cutToWidth, displayWidth, padToWidth } from './display-width.ts';
import { formatStopwatch } from './format-duration.ts';
import { finishedCount } from './live-view.ts';
import type { LiveView, RunningRun } from './live-view.ts';
import { COUNT_TONES } from './status-words.ts';
import { separated, styledLine } from './styled-line.ts';
import type { LineStyle, Span } from './styled-line.ts';
import { timeLeftText } from './time-left.ts';

export interface Screen extends LineStyle {
  readonly nowMs: number;
  readonly rows: number;
}

/** Bars are dropped on screens narrower than this, for names matter more. */
const COLUMNS_FOR_BARS = 64;
const BAR_COLUMNS = 16;
const NAME_COLUMNS = 40;
const STARTING = 'starting kernel';

/** The region that is drawn over: a line per running kernel, then the total. It fits into the screen. */
export function render(view: LiveView, screen: Screen): string[] {
  const running = view.slots.filter((slot) => slot !== undefined);
  // A blank line above and below the runs, the total, and the line where the cursor rests.
  const room = Math.max(1, screen.rows - 4);
  const shown = running.length <= room ? running : running.slice(0, room - 1);
  const hidden = running.length - shown.length;

  // Never narrower than what each run begins with, so that the columns stay where they are.
  const cellColumns = Math.max(STARTING.length, ...shown.map((run) => displayWidth(activity(run))));
  const lines = shown.map((run) => runLine(run, { view, screen, cellColumns }));
  if (hidden > 0) {
    lines.push(styledLine([{ text: `  and ${hidden} more running`, tone: 'quiet' }], screen));
  }
  const total = styledLine(totalSpans(view, screen), screen);
  return screen.rows < 6 ? [total] : ['', ...lines, ...(lines.length > 0 ? [''] : []), total];
}

interface Layout {
  readonly view: LiveView;
  readonly screen: Screen;
  /** Columns of the widest activity. */
  readonly cellColumns: number;
}

function runLine(run: RunningRun, { view, screen, cellColumns }: Layout): string {
  const elapsed = formatStopwatch(screen.nowMs - run.startedMs).padStart(7);
  const bar = screen.columns >= COLUMNS_FOR_BARS ? barSpans(run, screen.unicode) : [];
  const others = bar.length > 0 ? BAR_COLUMNS + 2 : 0;
  const roomForName = Math.max(8, screen.columns - 2 - others - 2 - cellColumns - 2 - elapsed.length);
  const nameColumns = Math.min(view.nameWidth, NAME_COLUMNS, roomForName);
  const name = cutToWidth(run.name, nameColumns, screen.unicode ? '…' : '...');
  return styledLine(
    [
      { text: `  ${padToWidth(name, nameColumns)}  ` },
      ...bar,
      { text: padToWidth(activity(run), cellColumns), tone: run.cell === undefined ? 'quiet' : undefined },
      { text: elapsed, tone: 'quiet' },
    ],
    screen,
  );
}

function activity({ cell, attempt }: RunningRun): string {
  const again = attempt > 1 ? `, attempt ${attempt}` : '';
  if (cell === undefined) return STARTING + again;
  const of = String(cell.of);
  return `cell ${String(cell.number).padStart(of.length)}/${of}${again}`;
}

function barSpans({ cell }: RunningRun, unicode: boolean): Span[] {
  const [full, half, empty] = unicode ? ['━', '╸', '─'] : ['#', '', '.'];
  const share =
    cell === undefined || cell.of <= 0 ? 0 : Math.min(1, Math.max(0, (cell.number - 1) / cell.of));
  const halves = Math.round(share * BAR_COLUMNS * 2);
  const done = full.repeat(halves >> 1) + (halves % 2 === 1 ? half : '');
  return [
    { text: done, tone: 'good' },
    { text: `${empty.repeat(BAR_COLUMNS - done.length)}  `, tone: 'quiet' },
  ];
}

function totalSpans(view: LiveView, screen: Screen): Span[] {
  const { counts, expectedEndMs } = view;
  const runs: Span = {
    text: `  ${finishedCount(view)}/${view.total} ${view.total === 1 ? 'run' : 'runs'}`,
    tone: 'strong',
  };
  const counted = (['passed', 'failed', 'skipped'] as const)
    .filter((kind) => counts[kind] > 0)
    .map((kind): Span => ({ text: `${counts[kind]} ${kind}`, tone: COUNT_TONES[kind] }));
  const elapsed: Span = { text: formatStopwatch(screen.nowMs - view.startedMs) };
  const done = finishedCount(view) >= view.total;
  const left = done || expectedEndMs === undefined ? undefined : timeLeftText(expectedEndMs - screen.nowMs);

  const parts = [runs, ...counted, elapsed, ...(left === undefined ? [] : [{ text: left }])];
  const dot: Span = { text: screen.unicode ? ' · ' : ', ', tone: 'quiet' };
  return separated(parts, dot);
}
