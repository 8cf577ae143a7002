import { Writable } from 'node:stream';
import type { WriteStream } from 'node:tty';
import { createLogUpdate } from 'log-update';
import type { Frame, Terminal } from '../report/ports.ts';

const HIDE_CURSOR = '\u001B[?25l';
const SHOW_CURSOR = '\u001B[?25h';
/** Terminals that know these show what comes between at once; others ignore them: DEC private mode 2026. */
const BEGIN_FRAME = '\u001B[?2026h';
const END_FRAME = '\u001B[?2026l';

/**
 * A stream, usually stdout: what a batch makes are files, so its story is the program's output, and `| tee` or
 * `> log` keeps all of it in order. The cursor is hidden from the first frame on and comes back on every way out.
 */
export function openTerminal(stream: WriteStream): Terminal {
  const gathered: string[] = [];
  const log = logUpdateInto(gathered, stream);
  let restoreCursor: (() => void) | undefined;
  let height = 0;

  const draw = ({ above, region, reflowedRows = 0 }: Frame) => {
    if (restoreCursor === undefined) {
      restoreCursor = whenLeaving(() => stream.write(SHOW_CURSOR));
      gathered.push(HIDE_CURSOR);
    }
    if (reflowedRows > 0) {
      gathered.push(`\u001B[${reflowedRows}A\r\u001B[J`);
      log.done();
    }
    for (const line of above) log.persist(line);
    // log-update 7.2 patches a frame of another height wrongly when beginning and end are equal: the cursor drifts.
    if (region.length !== height) log.clear();
    if (region.length > 0) log(region.join('\n'));
    height = region.length;
    if (gathered.length > 0) stream.write(BEGIN_FRAME + gathered.splice(0).join('') + END_FRAME);
  };
  return {
    size: () => sizeOf(stream),
    draw,
    write: (lines) => void stream.write(lines.map((line) => `${line}\n`).join('')),
    [Symbol.dispose]: () => {
      restoreCursor?.();
      restoreCursor = undefined;
    },
  };
}

/** log-update writes one frame in several pieces; here they are gathered, to be written as one. */
function logUpdateInto(gathered: string[], stream: WriteStream): ReturnType<typeof createLogUpdate> {
  const gather = new Writable({
    decodeStrings: false,
    write: (chunk: string, _encoding, done) => {
      gathered.push(chunk);
      done();
    },
  });
  Object.defineProperties(gather, {
    columns: { get: () => sizeOf(stream).columns },
    rows: { get: () => sizeOf(stream).rows },
  });
  // Left to itself it would hide the cursor of stderr, which may be another terminal or none.
  return createLogUpdate(gather, { showCursor: true });
}

/** Some pseudo-terminals, of containers for instance, say that they have no size. */
function sizeOf({ columns, rows }: WriteStream): { columns: number; rows: number } {
  return { columns: columns > 0 ? columns : 80, rows: rows > 0 ? rows : 24 };
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Restores once: when the returned function is called, the process exits, or a signal comes that would end it. */
function whenLeaving(restore: () => void): () => void {
  const once = () => {
    process.off('exit', once);
    for (const signal of SIGNALS) process.off(signal, onSignal);
    restore();
  };
  const onSignal = (signal: NodeJS.Signals) => {
    once();
    // Being listened to, the signal has not ended the process. If nobody else listens, it should have.
    if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
  };
  process.once('exit', once);
  // In front, so that a listener that others set for one time is still counted.
  for (const signal of SIGNALS) process.prependListener(signal, onSignal);
  return once;
}
