/**
 * Injects every fault of the list and says what became of each, a line per fault: npm run chaos
 * Only some of them: npm run chaos -- O11 S7
 *
 *     --known FILE   tests that another run has already reported (vitest's JSON) are not run again; may be repeated
 *     --write        writes the table of docs/reliability.md, or their rows in it
 *
 * Ends with 1 when a fault did not end as promised, or nothing proves how it ends.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Proof, Row } from '../__tests__/chaos/row.ts';
import { EXECUTION } from '../__tests__/chaos/rows-of-execution.ts';
import { INPUTS } from '../__tests__/chaos/rows-of-inputs.ts';
import { PUBLISHING, SECURITY } from '../__tests__/chaos/rows-of-publishing.ts';
import { failureText, type Test, testsIn, THE_FILE } from './test-report.ts';

const root = join(import.meta.dirname, '..');
const ROWS: readonly Row[] = [...EXECUTION, ...INPUTS, ...PUBLISHING, ...SECURITY];

interface Judged {
  readonly row: Row;
  readonly verdict: 'ok' | 'not ok' | 'not proved' | 'not here';
  readonly seen: string;
}

function main(): number {
  const { positionals: ids, values } = parseArgs({
    allowPositionals: true,
    options: { known: { type: 'string', multiple: true }, write: { type: 'boolean' } },
  });
  const known = (values.known ?? []).flatMap(testsIn);
  const rows = ids.length === 0 ? ROWS : ids.map(rowOf);
  const missing = rows.flatMap(({ by = [] }) => by).filter((proof) => !known.some(proves(proof)));
  const own = known.some(({ file }) => file.startsWith('chaos/'))
    ? []
    : vitest(['--project', 'chaos', '--project', 'chaos-alone', ...named(ids)]);
  const tests = latest([...known, ...own, ...runOthers(missing)]);
  const judged = rows.map((row) => judge(row, tests));
  for (const { row, verdict, seen } of judged)
    console.log(`${verdict.padEnd(10)} ${row.id.padEnd(4)} ${row.fault}: ${seen}`);
  const count = (verdict: Judged['verdict']): number =>
    judged.filter((each) => each.verdict === verdict).length;
  const failed = count('not ok') + count('not proved');
  const bad = judged.filter(({ verdict }) => verdict === 'not ok' || verdict === 'not proved');
  for (const { row, seen } of bad) console.log(`\n${row.id} ${row.fault}: ${seen}`);
  for (const test of tests.filter(({ status }) => status === 'failed')) console.log(failureText(test));
  console.log(`\n${count('ok')} ok, ${failed} not ok, ${count('not here')} not possible here`);
  if (values.write === true) writeTable(judged);
  return failed === 0 ? 0 : 1;
}

function rowOf(id: string): Row {
  const row = ROWS.find((each) => each.id === id);
  if (row === undefined)
    throw new Error(`There is no fault ${id}. There are: ${ROWS.map((each) => each.id).join(' ')}`);
  return row;
}

/** For vitest: the tests that begin with one of the ids. */
function named(ids: readonly string[]): readonly string[] {
  return ids.length === 0 ? [] : ['--testNamePattern', `(?:^| )(?:${ids.join('|')}) `, '--passWithNoTests'];
}

function judge(row: Row, tests: readonly Test[]): Judged {
  const own = tests.filter(({ title }) => title.startsWith(`${row.id} `));
  const others = (row.by ?? []).map((proof) => tests.filter(proves(proof)));
  const all = [...own, ...others.flat()];
  const ran = all.filter(({ status }) => status !== 'skipped' && status !== 'pending');
  const seen = [...new Set((own.length > 0 ? own : all).map((test) => test.observed ?? asSentence(test)))];
  const text = seen.slice(0, 2).join('; ');
  if (all.length === 0 || others.some((found) => found.length === 0))
    return { row, verdict: 'not proved', seen: 'no test' };
  const files = new Set(all.map(({ file }) => file));
  const brokenFiles = tests.filter(({ file, title }) => files.has(file) && title === THE_FILE);
  const bad = [...brokenFiles, ...ran.filter(({ status }) => status !== 'passed')];
  if (bad.length > 0)
    return {
      row,
      verdict: 'not ok',
      seen: bad.map(({ file, fullName }) => `${file} > ${fullName}`).join('; '),
    };
  return { row, verdict: ran.length === 0 ? 'not here' : 'ok', seen: text };
}

function asSentence({ title, fullName }: Test): string {
  return /^[EIOS]\d+ /.test(title) ? title.replace(/^\S+ /, '') : fullName;
}

function proves({ file, title }: Proof): (test: Test) => boolean {
  return (test) => test.file === file && test.fullName.includes(title);
}

/** Of reports about one test, the last that says more than that it was left out. */
function latest(tests: readonly Test[]): Test[] {
  const byName = Map.groupBy(tests, ({ file, fullName }) => `${file} ${fullName}`);
  return [...byName.values()].flatMap((same) => {
    const last = same.findLast(({ status }) => status === 'passed' || status === 'failed') ?? same.at(-1);
    return last === undefined ? [] : [last];
  });
}

/** Of files of which only some tests are asked for, only these. */
function runOthers(proofs: readonly Proof[]): Test[] {
  const whole = new Set(proofs.filter(({ title }) => title === '').map(({ file }) => file));
  const some = proofs.filter(({ file }) => !whole.has(file));
  const patterns = some.map(({ title }) => RegExp.escape(title));
  const files = [...new Set(some.map(({ file }) => file))];
  return [
    ...(whole.size > 0 ? vitest(pathsOf([...whole])) : []),
    ...(files.length > 0 ? vitest([...pathsOf(files), '--testNamePattern', patterns.join('|')]) : []),
  ].filter(({ status }) => status !== 'skipped' && status !== 'pending');
}

function pathsOf(files: readonly string[]): string[] {
  return files.map((file) => `__tests__/${file}`);
}

/** Runs vitest and reads its report, whatever its status. */
function vitest(args: readonly string[]): Test[] {
  const report = join(mkdtempSync(join(tmpdir(), 'chaos-')), 'tests.json');
  try {
    const command = join(root, 'node_modules/vitest/vitest.mjs');
    execFileSync(process.execPath, [command, 'run', ...args], {
      cwd: root,
      env: { ...process.env, VITEST_JSON: report },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
  } catch {
    // Which tests failed is in the report.
  }
  return testsIn(report);
}

const PAGE = join(root, 'docs/reliability.md');
const [BEGIN, END] = ['<!-- faults:begin -->', '<!-- faults:end -->'];

function writeTable(judged: readonly Judged[]): void {
  const page = readFileSync(PAGE, 'utf8');
  const [from, to] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (from < 0 || to < from) throw new Error(`${PAGE} has no ${BEGIN} … ${END}`);
  const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll(/\s+/g, ' ');
  const written = judged.map(({ row, verdict, seen }): [string, string] => {
    const cells = [row.id, row.fault, row.promise, seen, verdict].map(cell);
    return [row.id, `| ${cells.join(' | ')} |`];
  });
  const before = page.slice(from, to).matchAll(/^\| (?<id>[EIOS]\d+) .*$/gm);
  const byId = new Map([
    ...[...before].map((found) => [found.groups?.['id'] ?? '', found[0]] as const),
    ...written,
  ]);
  const lines = ROWS.flatMap(({ id }) => byId.get(id) ?? []);
  const head = ['|  | Fault | What a user sees | Seen |  |', '| --- | --- | --- | --- | --- |'];
  const table = [...head, ...lines].join('\n');
  writeFileSync(PAGE, `${page.slice(0, from + BEGIN.length)}\n\n${table}\n\n${page.slice(to)}`);
  const prettier = join(root, 'node_modules/prettier/bin/prettier.cjs');
  execFileSync(process.execPath, [prettier, '--write', PAGE], { stdio: 'ignore' });
}

process.exitCode = main();
