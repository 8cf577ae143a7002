/* eslint no-control-regex: "off" -- control characters are what this is about */
import { Writable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import type { WriteStream } from 'node:tty';
import { describe, expect, test } from 'vitest';
import { openTerminal } from '../../src/adapters/terminal.ts';
import { showProgress } from '../../src/report/show-progress.ts';
import { terminalAbilities } from '../../src/report/terminal-abilities.ts';
import type { BatchEvent } from '../../src/model.ts';
import type { Clock } from '../../src/report/ports.ts';
import { aBatch, aFailure, aResult, aRun } from '../fakes/runs.ts';

/** Time that passes when told to. */
class FakeClock implements Clock {
  #now = 0;
  #timers: { at: number; callback: () => void }[] = [];
  now = () => this.#now;
  date = () => new Date(2026, 0, 2, 12, 0, 0, this.#now);
  after = (delayMs: number, callback: () => void) => {
    const timer = { at: this.#now + delayMs, callback };
    this.#timers.push(timer);
    return () => void (this.#timers = this.#timers.filter((it) => it !== timer));
  };
  pass(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const [next] = this.#timers.toSorted((a, b) => a.at - b.at);
      if (next === undefined || next.at > end) break;
      this.#now = next.at;
      this.#timers = this.#timers.filter((it) => it !== next);
      next.callback();
    }
    this.#now = end;
  }
  get waiting(): number {
    return this.#timers.length;
  }
}

/** A stream that remembers each write. */
function aStream(shape: { isTTY: boolean; columns?: number; rows?: number }) {
  const writes: string[] = [];
  const stream = new Writable({
    decodeStrings: false,
    write: (chunk: string, _encoding, done) => {
      writes.push(chunk);
      done();
    },
  });
  return {
    writes,
    stream: Object.assign(stream, { columns: 80, rows: 24, ...shape }) as unknown as WriteStream,
  };
}

/** What a terminal of the same size shows after these writes; knows what log-update and the adapter send. */
function screenOf(writes: readonly string[]): string[] {
  const lines = [''];
  let row = 0;
  for (const [token] of writes.join('').matchAll(/\u001b\[[?\d;]*[A-Za-z]|\n|\r|[^\u001b\n\r]+/g)) {
    const [, count, code] = /^\u001b\[([?\d;]*)([A-Za-z])$/.exec(token) ?? [];
    if (token === '\n') lines[++row] ??= '';
    else if (code === 'A') row = Math.max(0, row - Number(count || 1));
    else if (code === 'B') row += Number(count || 1);
    else if (code === 'K' && (count === '2' || count === ''))
      lines[row] = count === '2' ? '' : (lines[row] ?? '');
    else if (code === 'J') lines.length = row;
    else if (code === undefined && token !== '\r') lines[row] = (lines[row] ?? '') + token;
  }
  return lines;
}

/** Progress shown on a stream, as the composition root joins them. */
function open({ stream, env, clock }: { stream: WriteStream; env: Record<string, string>; clock: Clock }) {
  const owned = new DisposableStack();
  const terminal = owned.use(openTerminal(stream));
  const abilities = terminalAbilities(env, stream.isTTY, stream.columns);
  const { progress } = owned.use(showProgress({ terminal, abilities, clock }));
  return { progress, [Symbol.dispose]: () => owned.dispose() };
}

const run = aRun();
const started: readonly BatchEvent[] = [
  { kind: 'batch-started', total: 2, parallel: 1 },
  { kind: 'run-started', run, attempt: 1 },
  { kind: 'cell-started', run, cell: 2, of: 4 },
];
const env = { TERM: 'xterm', NO_COLOR: '1' };

describe('on a terminal', () => {
  test('what ended stays, and the live region is gone at the end', () => {
    const clock = new FakeClock();
    const { stream, writes } = aStream({ isTTY: true });
    const terminal = open({ stream, env, clock });
    started.forEach(terminal.progress);
    clock.pass(1_000);
    expect(screenOf(writes)).toEqual([
      '',
      '  adult  ━━━━────────────  cell 2/4          0:01',
      '',
      '  0/2 runs · 0:01',
      '',
    ]);
    terminal.progress({ kind: 'run-finished', result: aResult({ run }) });
    terminal.progress({ kind: 'run-finished', result: aFailure() });
    clock.pass(100);
    terminal.progress({ kind: 'batch-finished', batch: aBatch() });
    terminal[Symbol.dispose]();
    expect(screenOf([...writes, '$ ']).slice(0, 3)).toEqual([
      '✓ passed          3.2 s  adult',
      '✗ failed          3.2 s  bank  cell 5 (In [4]) ZeroDivisionError: division by …',
      '$ ',
    ]);
  });

  test('the cursor is hidden from the first write to the last, and no timer or listener stays', () => {
    const clock = new FakeClock();
    const listeners = () =>
      ['exit', 'SIGINT', 'SIGTERM', 'SIGHUP'].map((name) => process.listenerCount(name));
    const before = listeners();
    const { stream, writes } = aStream({ isTTY: true });
    const terminal = open({ stream, env, clock });
    started.forEach(terminal.progress);
    terminal[Symbol.dispose]();
    terminal[Symbol.dispose]();
    expect([writes.at(0)?.slice(0, 14), writes.at(-1)]).toEqual(['\u001b[?2026h\u001b[?25l', '\u001b[?25h']);
    expect([clock.waiting, listeners()]).toEqual([0, before]);
  });

  test('a thousand events within a second are ten frames, each written at once', () => {
    const clock = new FakeClock();
    const { stream, writes } = aStream({ isTTY: true });
    const terminal = open({ stream, env, clock });
    started.forEach(terminal.progress);
    const before = writes.length;
    for (let cell = 1; cell <= 1_000; cell++) {
      terminal.progress({ kind: 'cell-started', run, cell, of: 1_000 });
      clock.pass(1);
    }
    const frames = writes.slice(before);
    expect(frames.length).toBeLessThanOrEqual(10);
    expect(frames.every((frame) => /^\u001b\[\?2026h[^]*\u001b\[\?2026l$/.test(frame))).toBe(true);
    terminal[Symbol.dispose]();
  });

  test('nothing is written while nothing changes', () => {
    const clock = new FakeClock();
    const { stream, writes } = aStream({ isTTY: true });
    const terminal = open({ stream, env, clock });
    started.forEach(terminal.progress);
    clock.pass(1_100);
    const before = writes.length;
    clock.pass(800);
    expect(writes.length).toBe(before);
    terminal[Symbol.dispose]();
  });

  test('a terminal without a size gets lines of 80 columns', () => {
    const clock = new FakeClock();
    const { stream, writes } = aStream({ isTTY: true, columns: 0, rows: 0 });
    const terminal = open({ stream, env, clock });
    started.forEach(terminal.progress);
    clock.pass(100);
    expect(screenOf(writes)[1]).toBe('  adult  ━━━━────────────  cell 2/4          0:00');
    terminal[Symbol.dispose]();
  });

  test('a terminal made narrower is cleared of the lines that it broke', () => {
    const clock = new FakeClock();
    const { stream, writes } = aStream({ isTTY: true });
    const terminal = open({ stream, env, clock });
    started.forEach(terminal.progress);
    clock.pass(100);
    stream.columns = 20;
    clock.pass(100);
    // The blank line, 49 columns in three rows, the blank line, the total.
    expect(writes.at(-1)).toContain('\u001b[6A\r\u001b[J');
    terminal[Symbol.dispose]();
  });
});

test('a pipe gets plain lines as they come, with a heartbeat', () => {
  const clock = new FakeClock();
  const { stream, writes } = aStream({ isTTY: false });
  const terminal = open({ stream, env: {}, clock });
  started.forEach(terminal.progress);
  clock.pass(32_000);
  terminal.progress({ kind: 'run-finished', result: aResult({ run }) });
  terminal[Symbol.dispose]();
  expect(stripVTControlCharacters(writes.join(''))).toBe(writes.join(''));
  expect(writes.join('')).toMatchInlineSnapshot(`
    "12:00:00 2 runs, 1 at once
    12:00:00 [1/2] adult: started
    12:00:30 [1/2] adult: cell 2/4, 30.0 s so far
    12:00:32 [1/2] adult: passed in 3.2 s
    "
  `);
  expect(clock.waiting).toBe(0);
});
