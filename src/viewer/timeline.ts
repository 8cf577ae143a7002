import type { ReportData, ReportRun } from '../report/html-data.ts';
import { element, svg } from './element.ts';
import { durationText } from './quantity-text.ts';
import { runLink } from './run-link.ts';
import { toneOf } from './status.ts';

const LANE = 26;
const AXIS = 22;
const WIDTH = 1000;
/** Cells of more runs than this would be too fine to be seen, and slow to draw. */
const RUNS_WITH_CELLS = 300;

/** Which kernel ran what when: a lane for each kernel at once, a bar for each run, its cells inside. */
export function timeline(data: ReportData): HTMLElement | undefined {
  const start = Date.parse(data.startedAt);
  const bars = data.runs.flatMap((run) => {
    if (run.startedAt === null) return [];
    const from = Date.parse(run.startedAt) - start;
    return [{ run, from, to: from + run.durationMs }];
  });
  if (bars.length === 0) return undefined;
  const total = Math.max(data.durationMs, ...bars.map(({ to }) => to), 1);
  const lanes = lanesOf(bars);
  const height = AXIS + lanes.length * LANE;
  const x = (ms: number): number => (Math.max(0, ms) / total) * WIDTH;
  const withCells = bars.length <= RUNS_WITH_CELLS;
  const drawing = svg(
    'svg',
    { viewBox: `0 0 ${WIDTH} ${height}`, preserveAspectRatio: 'none', class: 'timeline', height },
    ticks(total).map((ms) => svg('line', { class: 'grid', x1: x(ms), x2: x(ms), y1: AXIS - 4, y2: height })),
    lanes.flatMap((lane, row) =>
      lane.map(({ run, from, to }) =>
        bar(
          run,
          {
            x: x(from),
            width: Math.max(1.5, x(to) - x(from)),
            y: AXIS + row * LANE,
            link: runLink(data, run),
          },
          withCells ? x : undefined,
        ),
      ),
    ),
  );
  const labels = ticks(total).map((ms) =>
    element('span', { style: `left:${(ms / total) * 100}%` }, ms === 0 ? '0 s' : tickText(ms)),
  );
  return element(
    'section',
    { class: 'timeline-box', 'aria-labelledby': 'timeline-title' },
    element('h2', { id: 'timeline-title' }, 'Timeline'),
    element(
      'p',
      { class: 'note' },
      `${lanes.length === 1 ? 'One kernel' : `Up to ${lanes.length} kernels`} at a time. The fuller colour is where cells were at work.`,
    ),
    element(
      'div',
      { class: 'timeline-scroll' },
      element(
        'div',
        { class: 'timeline-area' },
        element('div', { class: 'ticks', 'aria-hidden': 'true' }, labels),
        drawing,
      ),
    ),
  );
}

interface Bar {
  readonly run: ReportRun;
  readonly from: number;
  readonly to: number;
}

/** Every run in the first lane that is free again. */
function lanesOf(bars: readonly Bar[]): readonly (readonly Bar[])[] {
  const lanes: Bar[][] = [];
  for (const next of bars.toSorted((one, other) => one.from - other.from)) {
    const free = lanes.find((lane) => (lane.at(-1)?.to ?? 0) <= next.from + 5);
    if (free === undefined) lanes.push([next]);
    else free.push(next);
  }
  return lanes;
}

function bar(
  run: ReportRun,
  { x, y, width, link }: { x: number; y: number; width: number; link: string },
  scale: ((ms: number) => number) | undefined,
): SVGElement {
  const cells = scale === undefined ? [] : run.spans;
  return svg(
    'a',
    {
      href: link,
      class: `bar ${toneOf(run.status)}`,
      'aria-label': `${run.name}, ${durationText(run.durationMs)}`,
    },
    svg('title', {}, `${run.name} · ${durationText(run.durationMs)}`),
    svg('rect', { class: 'whole', x, y, width, height: LANE - 6, rx: 2 }),
    cells.map(([from, to, count]) =>
      svg(
        'rect',
        {
          class: 'part',
          x: scale?.(from) ?? 0,
          y: y + 3,
          width: Math.max(0.6, (scale?.(to) ?? 0) - (scale?.(from) ?? 0)),
          height: LANE - 12,
        },
        svg('title', {}, `${run.name} · cell [${count ?? ' '}] · ${durationText(to - from)}`),
      ),
    ),
  );
}

/** Five or so round times. */
function ticks(total: number): readonly number[] {
  const steps = [
    100, 200, 500, 1e3, 2e3, 5e3, 1e4, 15e3, 3e4, 6e4, 12e4, 3e5, 6e5, 9e5, 18e5, 36e5, 72e5, 144e5, 432e5,
    864e5,
  ];
  const step = steps.find((candidate) => total / candidate <= 7) ?? total / 5;
  return Array.from({ length: Math.floor((total * 0.97) / step) + 1 }, (_, index) => index * step);
}

function tickText(ms: number): string {
  if (ms < 60_000) return `${ms / 1000} s`;
  return ms < 3_600_000 ? `${ms / 60_000} min` : `${ms / 3_600_000} h`;
}
