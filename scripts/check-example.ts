/** Looks at what `npm start` left: every run passed, its notebook is there and complete. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

interface Results {
  readonly totals: { readonly total: number; readonly passed: number };
  readonly runs: readonly { readonly name: string; readonly outputPath: string }[];
}

const results = JSON.parse(readFileSync('papermill_outputs/results.json', 'utf8')) as Results;
assert.ok(results.totals.total >= 8, 'the example has at least eight runs');
assert.equal(results.totals.passed, results.totals.total, 'every run of the example passes');
for (const { name, outputPath } of results.runs) {
  const text = readFileSync(outputPath, 'utf8');
  assert.match(text, /"image\/png"/, `${name} has a plot`);
}
process.stdout.write(`${results.totals.passed} runs of the example passed, each with a plot.\n`);
