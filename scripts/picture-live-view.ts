/**
 * Makes docs/live-view.svg from a real run of the example batch in tmux: npx node scripts/picture-live-view.ts
 * Run `npm start` once before, so that the packages are there.
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { setTimeout as passed } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { TerminalFrame } from './picture-terminal.ts';
import { terminalSvg } from './picture-terminal.ts';

const SIZE = { columns: 92, rows: 19 };
const EVERY_MS = 400;
const DEADLINE_MS = 5 * 60_000;
/** The last frame says where the results are: long enough to be read. */
const HOLD_MS = 6_000;

const root = fileURLToPath(new URL('../', import.meta.url));
const frames = await record("printf '$ npm start\\n'; npm start --silent; tmux set -g @ended yes; sleep 60");
const rows = Math.max(...frames.map(({ lines }) => lines.length));
writeFileSync(
  new URL('../docs/live-view.svg', import.meta.url),
  terminalSvg(frames, { columns: SIZE.columns, rows }),
);

async function record(command: string): Promise<TerminalFrame[]> {
  // A server of its own, without the user's settings.
  const tmux = (...args: string[]) => {
    return execFileSync('tmux', ['-L', 'picture', '-f', '/dev/null', ...args], {
      cwd: root,
      encoding: 'utf8',
    });
  };
  const size = ['-x', String(SIZE.columns), '-y', String(SIZE.rows)];
  tmux('new-session', '-d', ...size, `unset CI; export LANG=C.UTF-8; ${command}`);
  const frames: { lines: string[]; durationMs: number }[] = [];
  try {
    for (let waitedMs = 0; waitedMs < DEADLINE_MS; waitedMs += EVERY_MS) {
      const ended = tmux('show', '-gqv', '@ended').trim() === 'yes';
      const lines = tmux('capture-pane', '-p', '-e', '-t', '0').trimEnd().split('\n');
      if (ended) return [...frames, { lines, durationMs: HOLD_MS }];
      const last = frames.at(-1);
      if (last?.lines.join('\n') === lines.join('\n')) last.durationMs += EVERY_MS;
      else frames.push({ lines, durationMs: EVERY_MS });
      await passed(EVERY_MS);
    }
    throw new Error('The batch did not end in time.');
  } finally {
    tmux('kill-server');
  }
}
