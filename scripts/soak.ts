/**
 * Runs the kernel part of the tests again and again, and says which test failed how often: npm run soak -- 50
 *
 *     --log FILE      adds each run to this file; the summary is of everything in it
 *     --write         puts the summary into docs/reliability.md, of docs/soak.jsonl unless --log says otherwise: fifty
 *                     runs take hours, and need not be made at once
 *     paths           only these test files
 *
 * Ends with 1 when a test failed once.
 */
import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

interface SoakRun {
  /** What was tested, abbreviated. */
  readonly commit: string;
  readonly seconds: number;
  readonly tests: number;
  readonly failures: readonly string[];
}

const root = join(import.meta.dirname, '..');
const PAGE = join(root, 'docs/reliability.md');
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { log: { type: 'string' }, write: { type: 'boolean' } },
});
const [count = '1', ...paths] = positionals;
const kept = values.write === true ? join(root, 'docs') : mkdtempSync(join(tmpdir(), 'soak-'));
const log = values.log ?? join(kept, 'soak.jsonl');

for (let run = 1; run <= Number(count); run++) {
  const result = runTests();
  appendFileSync(log, `${JSON.stringify(result)}\n`);
  console.log(
    `run ${run} of ${count}: ${result.tests} tests, ${result.failures.length} failed, ${result.seconds.toFixed(0)} s`,
  );
  for (const title of result.failures) console.log(`    ${title}`);
}
const runs = existsSync(log)
  ? readFileSync(log, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as SoakRun)
  : [];
const summary = summaryOf(runs);
console.log(`\n${summary}`);
if (values.write === true) write(summary);
process.exitCode = runs.every(({ failures }) => failures.length === 0) ? 0 : 1;

function runTests(): SoakRun {
  const report = join(mkdtempSync(join(tmpdir(), 'soak-')), 'tests.json');
  const begun = performance.now();
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  spawnSync(process.execPath, [vitest, 'run', '--project', 'kernels', ...paths], {
    cwd: root,
    env: { ...process.env, VITEST_JSON: report },
    stdio: 'ignore',
  });
  const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as {
    testResults: { name: string; status: string; assertionResults: { fullName: string; status: string }[] }[];
  };
  const all = testResults.flatMap(({ assertionResults }) => assertionResults);
  // A file that could not even be collected has no tests that could fail.
  const broken = testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && assertionResults.every((test) => test.status !== 'failed'),
  );
  return {
    commit: spawnSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, encoding: 'utf8' }).stdout.trim(),
    seconds: Math.round((performance.now() - begun) / 1000),
    tests: all.filter(({ status }) => status !== 'skipped' && status !== 'pending').length,
    failures: [
      ...all.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName.trim()),
      ...broken.map(({ name }) => `the file ${name.slice(name.lastIndexOf('__tests__/'))}`),
    ],
  };
}

function summaryOf(all: readonly SoakRun[]): string {
  const times = all.map(({ seconds }) => seconds).sort((a, b) => a - b);
  const failures = Map.groupBy(
    all.flatMap((run) => run.failures),
    (title) => title,
  );
  const whole = all.filter((run) => run.failures.length === 0).length;
  const lines = [...failures].map(([title, found]) => `- ${found.length} × \`${title}\``);
  const time = `${times[0]?.toFixed(0) ?? '?'} s to ${times.at(-1)?.toFixed(0) ?? '?'} s each`;
  const tests = Math.max(0, ...all.map((run) => run.tests));
  const commits = [...new Set(all.map(({ commit }) => commit))].join(', ');
  const unbroken = all.length - 1 - all.findLastIndex((run) => run.failures.length > 0);
  const text =
    `${whole} of ${all.length} runs of ${tests} tests without a failure, the last ${unbroken} in a row, ${time}, ` +
    `at ${commits}.`;
  return [text, ...(lines.length === 0 ? [] : ['', ...lines])].join('\n');
}

function write(text: string): void {
  const page = readFileSync(PAGE, 'utf8');
  const between = /(<!-- soak:begin -->\n)[\s\S]*(<!-- soak:end -->)/;
  writeFileSync(
    PAGE,
    page.replace(between, (_, begin: string, end: string) => `${begin}\n${text}\n\n${end}`),
  );
}
