import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, inject, it, test } from 'vitest';
import { DIFFERENCES } from './deliberate-differences.ts';
import { executeCorpus, HAS_R, NOTEBOOKS, type Program, type Results, RUNS } from './execute-corpus.ts';
import { asNbclientWouldSay, type Executed, type Oracle } from './executed.ts';

const ROOT = join(import.meta.dirname, '../..');
/** papermill cannot go on after an error. */
const NOT_FOR_PAPERMILL = ['allow-errors'];

let results: Results = {};

beforeAll(async () => {
  results = await executeCorpus(inject('python').executable);
}, 1_200_000);

function of(run: string, program: Program): Executed {
  const executed = results[run]?.[program];
  if (executed === undefined) throw new Error(`${program} has no result of ${run}`);
  return structuredClone(executed);
}

/** What the oracle made of the run, with our deliberate differences worked in. */
function expected(run: string, oracle: Oracle): Executed {
  const executed = of(run, oracle);
  const all = {
    ours: of(run, 'ours'),
    nbclient: of(run, 'nbclient'),
    papermill: NOT_FOR_PAPERMILL.includes(run) ? of(run, 'nbclient') : of(run, 'papermill'),
  };
  for (const difference of DIFFERENCES) {
    if (difference.run === run && difference.oracles.includes(oracle)) difference.change(executed, all);
  }
  return { ...executed, notebook: { ...executed.notebook, invalid: [] } };
}

describe('a notebook executed here is what nbclient makes of it, but for the documented differences:', () => {
  it.each(RUNS)('%s', (run) => {
    expect(asNbclientWouldSay(of(run, 'ours'))).toEqual(asNbclientWouldSay(expected(run, 'nbclient')));
  });
});

describe('a notebook executed here is what papermill makes of it, but for the documented differences:', () => {
  it.each(RUNS.filter((run) => !NOT_FOR_PAPERMILL.includes(run)))('%s', (run) => {
    expect(of(run, 'ours')).toEqual(expected(run, 'papermill'));
  });
});

describe('forked kernels leave what kernels leave that start anew:', () => {
  it.each(RUNS)('%s', (run) => {
    expect(of(run, 'ours')).toEqual(of(run, 'spawned'));
  });
});

test.skipIf(HAS_R)('R is not there, so its notebooks are not executed: apt-get install r-cran-irkernel');

/** Those whose notebook could be executed here. */
const SHOWN = DIFFERENCES.filter(({ run }) => RUNS.includes(run));

test('every difference changes something, or it would be none', () => {
  const idle = SHOWN.filter((difference) =>
    difference.oracles.every((oracle) => {
      const { run } = difference;
      const executed = of(run, oracle);
      difference.change(executed, {
        ours: of(run, 'ours'),
        nbclient: of(run, 'nbclient'),
        papermill: of(run, oracle),
      });
      return JSON.stringify(executed) === JSON.stringify(of(run, oracle));
    }),
  );
  expect(idle).toEqual([]);
});

test('every difference has a row in docs/differences.md, and every named row is shown by a notebook', () => {
  const page = readFileSync(join(ROOT, 'docs/differences.md'), 'utf8');
  const rows = [...page.matchAll(/^\| `([\w-]+)` /gm)].map(([, id]) => id);
  expect(rows.toSorted()).toEqual([...new Set(DIFFERENCES.map(({ id }) => id))].toSorted());
  expect(SHOWN.length).toBeGreaterThan(HAS_R ? DIFFERENCES.length - 1 : 30);
});

test('the corpus is what its script writes, and large enough to mean something', () => {
  const script = join(ROOT, 'scripts/write-oracle-corpus.py');
  const stale = execFileSync(inject('python').executable, [script, '--check'], { encoding: 'utf8' });
  expect(stale.trim()).toBe('');
  expect(NOTEBOOKS.length).toBeGreaterThanOrEqual(40);
});
