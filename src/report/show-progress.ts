import { stripVTControlCharacters } from 'node:util';
import type { BatchEvent } from '../model.ts';
import { displayWidth } from './display-width.ts';
import { EMPTY_VIEW, foldEvent } from './live-view.ts';
import { permanentLines } from './permanent-lines.ts';
import { EMPTY_PLAIN_VIEW, plainLines } from './plain-lines.ts';
import type { Clock, Terminal } from './ports.ts';
import { render } from './render-live-view.ts';
import type { TerminalAbilities } from './terminal-abilities.ts';

export interface ShowOptions {
  readonly terminal: Terminal;
  readonly abilities: TerminalAbilities;
  readonly clock: Clock;
}

/** Shows a batch while it runs. Disposing it takes the live region away; what ended stays. */
export interface ShownProgress extends Disposable {
  readonly progress: (event: BatchEvent) => void;
}

const FRAME_MS = 100;
const PLAIN_TICK_MS = 5_000;

/** A live view where lines can be drawn over, plain lines elsewhere. */
export function showProgress(options: ShowOptions): ShownProgress {
  return options.abilities.live ? showLive(options) : showPlain(options);
}

function showPlain({ terminal, clock }: ShowOptions): ShownProgress {
  let view = EMPTY_PLAIN_VIEW;
  const say = (event: Parameters<typeof plainLines>[1]) => {
    const next = plainLines(view, event, { nowMs: clock.now(), date: clock.date() });
    view = next.view;
    if (next.lines.length > 0) terminal.write(next.lines);
  };
  return { progress: say, [Symbol.dispose]: every(PLAIN_TICK_MS, clock, () => say({ kind: 'tick' })) };
}

function showLive({ terminal, abilities: { colour, unicode }, clock }: ShowOptions): ShownProgress {
  let view = EMPTY_VIEW;
  let running = false;
  let waiting: string[] = [];
  let drawn = { region: [] as readonly string[], columns: terminal.size().columns };

  // The last column stays free: terminals differ in what writing there does.
  const style = () => ({ columns: Math.max(20, terminal.size().columns) - 1, colour, unicode });
  const draw = () => {
    const { columns, rows } = terminal.size();
    const region = running ? render(view, { ...style(), nowMs: clock.now(), rows }) : [];
    const reflowedRows = columns === drawn.columns ? undefined : rowsOf(drawn.region, columns);
    terminal.draw({ above: waiting, region, reflowedRows });
    drawn = { region, columns };
    waiting = [];
  };
  const stopTicking = every(FRAME_MS, clock, () => {
    if (running || waiting.length > 0) draw();
  });
  return {
    progress: (event) => {
      view = foldEvent(view, event, clock.now());
      waiting.push(...permanentLines(event, style()));
      const wasRunning = running;
      if (event.kind === 'batch-started') running = true;
      if (event.kind === 'batch-finished') running = false;
      if (running !== wasRunning) draw();
    },
    [Symbol.dispose]: () => {
      stopTicking();
      running = false;
      if (waiting.length > 0 || drawn.region.length > 0) draw();
    },
  };
}

/** A terminal made narrower breaks the lines that are there: more rows than lines were drawn. */
function rowsOf(lines: readonly string[], columns: number): number {
  const widths = lines.map((line) => displayWidth(stripVTControlCharacters(line)));
  return widths.reduce((rows, width) => rows + Math.max(1, Math.ceil(width / columns)), 0);
}

/** Returns a function that makes it stop. */
function every(intervalMs: number, clock: Clock, callback: () => void): () => void {
  let cancel = clock.after(intervalMs, tick);
  function tick() {
    callback();
    cancel = clock.after(intervalMs, tick);
  }
  return () => cancel();
}
