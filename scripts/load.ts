/**
 * Puts loads on the bundle and says whether it holds, with figures: npm run load -- L1 L2
 *
 * Without names all of them, which takes about a quarter of an hour. With --write they are put into
 * docs/reliability.md, beside those that stand there. Ends with 1 when one was not held.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { quietConsole } from '../src/adapters/quiet-console.ts';
import { CONNECTION_LOADS } from './loads/connection-loads.ts';
import { END_LOADS } from './loads/end-loads.ts';
import { FLOOD_LOADS } from './loads/flood-loads.ts';
import { LARGE_LOADS } from './loads/large-loads.ts';
import type { Loads } from './loads/load.ts';
import { START_LOADS } from './loads/start-loads.ts';
import { pythonWith } from './python-with.ts';

const root = join(import.meta.dirname, '..');
const PAGE = join(root, 'docs/reliability.md');
const ALL: Loads = {
  ...LARGE_LOADS,
  ...FLOOD_LOADS,
  ...END_LOADS,
  ...CONNECTION_LOADS,
  ...START_LOADS,
};

async function main(): Promise<number> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { write: { type: 'boolean' } },
  });
  const python = await pythonWith('__tests__/requirements.txt');
  quietConsole(); // a hundred lost connections are what is asked for
  let failed = 0;
  for (const id of positionals.length > 0 ? positionals : Object.keys(ALL)) {
    const load = ALL[id];
    if (load === undefined)
      throw new Error(`There is no load ${id}. There are: ${Object.keys(ALL).join(', ')}`);
    const { held, figures } = await load.run(python);
    if (!held) failed += 1;
    process.stdout.write(`${held ? 'held    ' : 'NOT HELD'} ${id.padEnd(4)} ${load.title}: ${figures}\n`);
    if (values.write === true) writeRow([id, load.title, figures, held ? 'held' : 'not held']);
  }
  return failed === 0 ? 0 : 1;
}

/** One row of the table, in place of the one that stands there. */
function writeRow(cells: readonly string[]): void {
  const page = readFileSync(PAGE, 'utf8');
  const [, before = '', table = '', after = ''] =
    /^([\s\S]*<!-- loads:begin -->\n)([\s\S]*)(<!-- loads:end -->[\s\S]*)$/.exec(page) ?? [];
  const number = (row: string): number => Number(/^\| L(\d+)/.exec(row)?.[1]);
  const [id = ''] = cells;
  const others = table
    .split('\n')
    .filter((row) => /^\| L\d+/.test(row) && number(row) !== Number(id.slice(1)));
  const rows = [...others, `| ${cells.join(' | ')} |`].sort((a, b) => number(a) - number(b));
  const head = ['|  | Load | Measured | |', '| --- | --- | --- | --- |'];
  writeFileSync(PAGE, `${before}\n${[...head, ...rows].join('\n')}\n\n${after}`);
  const prettier = join(root, 'node_modules/prettier/bin/prettier.cjs');
  execFileSync(process.execPath, [prettier, '--write', PAGE], { stdio: 'ignore' });
}

process.exitCode = await main();
