import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { languageOf } from '../../src/plan/languages.ts';
import { parameterSource } from '../../src/plan/parameter-source.ts';
import { parametersOf } from '../plan/json-value.ts';
import { type Executed, executeCells, startTestKernels, type TestKernels, textOf } from './chaos.ts';

/** apt-get install r-cran-irkernel: both R and its kernel. */
const HAS_R = spawnSync('R', ['--slave', '-e', 'stopifnot(requireNamespace("IRkernel"))']).status === 0;

let kernels: TestKernels;
beforeAll(async () => {
  kernels = await startTestKernels();
});
afterAll(async () => {
  await kernels.jupyter[Symbol.asyncDispose]();
});

type Settings = Parameters<typeof executeCells>[2];

/** Executes cells of one language, with the parameters of a JSON object. */
function execute(
  kernelName: string,
  cells: readonly string[],
  { parameters = '{}', settings = {} }: { readonly parameters?: string; readonly settings?: Settings } = {},
): Promise<Executed> {
  const language = languageOf({ kernelName, language: '' });
  const given = parametersOf(parameters);
  const { source, problems } = language ? parameterSource(given, language) : { source: '', problems: [] };
  expect(problems).toEqual([]);
  const injectedSource = given.size === 0 ? undefined : source;
  return executeCells(kernels, cells, { kernelName, injectedSource, ...settings });
}

const TEXTS = [
  'plain',
  'two words',
  'é 😀',
  '$HOME `id` $(id)',
  '"double" \'single\'',
  'back\\slash',
  '!!',
  'a\nb',
];

describe('bash_kernel', () => {
  it('streams; what it loses in a burst is known, for it numbers its messages', async () => {
    const numbers = 'for i in $(seq 1000); do echo $i; done';
    const { result, cells, metadata } = await execute('bash', [
      'echo out; echo err >&2; printf "é\\n"',
      numbers,
    ]);
    expect(result.status).toBe('passed');
    expect(textOf(cells[0])).toBe('out\nerr\né\n');
    // Each line is a message. On a busy machine ZeroMQ drops some of them: nothing lifts its limit in this kernel.
    const lost = result.output.kind === 'lost' ? result.output.messages : 0;
    expect(textOf(cells[1]).split('\n').length - 1 + lost).toBe(1000);
    expect(cells.map(({ execution_count: count }) => count)).toEqual([1, 2]);
    expect(metadata['language_info']).toMatchObject({ name: 'bash' });
  });

  it('receives parameters as they were written', async () => {
    const parameters = JSON.stringify({ text: TEXTS[3], list: TEXTS, n: 5, x: 0.1, on: true, none: null });
    const cells = ['printf "<%s>" "$text" "$n" "$x" "$on" "$none"', 'printf "<%s>" "${list[@]}"'];
    const { result, cells: executed } = await execute('bash', cells, { parameters });
    expect(result.status).toBe('passed');
    expect(textOf(executed[0])).toBe(`<${TEXTS[3] ?? ''}><5><0.1><true><>\n`);
    expect(textOf(executed[1])).toBe(TEXTS.map((text) => `<${text}>`).join('') + '\n');
  });

  it('fails with the status of the last command, in the cell that has it', async () => {
    const { result, cells } = await execute('bash', ['echo a', 'echo b\nnosuchcommand', 'echo c']);
    expect(result).toMatchObject({
      status: 'failed',
      error: {
        ename: 'Error',
        evalue: 'The last command ended with status 127.',
        cellIndex: 1,
        executionCount: 2,
      },
    });
    expect(textOf(cells[1])).toBe('b\nbash: nosuchcommand: command not found\n');
    expect(cells[2]).toMatchObject({ outputs: [], execution_count: null });
  });

  it('is interrupted at the limit of a cell, also while it waits for input of which it tells nobody', async () => {
    const sleeping = await execute('bash', ['echo a; sleep 600', 'echo b'], {
      settings: { cellTimeoutMs: 3_000 },
    });
    const asking = await execute('bash', ['read -p "Name? " x', 'echo b'], {
      settings: { cellTimeoutMs: 3_000 },
    });
    for (const { result, cells } of [sleeping, asking]) {
      expect(result).toMatchObject({
        status: 'timed-out',
        error: { ename: 'CellTimeoutError', cellIndex: 0 },
      });
      expect(cells[0]?.outputs.at(-1)).toMatchObject({ ename: 'CellTimeoutError' });
    }
    expect(textOf(sleeping.cells[0])).toMatch(/^a\n/);
  });
});

describe.skipIf(!HAS_R)(
  `IRkernel${HAS_R ? '' : ' (R is not there: apt-get install r-cran-irkernel)'}`,
  () => {
    it('streams and shows results; its message ids are no counters, so that nobody knows of a loss', async () => {
      const { result, cells, metadata } = await execute('ir', [
        'cat("out\\n"); message("err"); 1 + 1',
        'plot(1:3)',
        'data.frame(a = 1:2)',
      ]);
      expect(result).toMatchObject({ status: 'passed', output: { kind: 'unknown' }, warnings: [] });
      expect(metadata['parallel_notebooks']).toEqual({ output: { kind: 'unknown' } });
      expect(cells[0]?.outputs).toMatchObject([
        { name: 'stdout', text: ['out\n'] },
        { name: 'stderr' },
        { output_type: 'display_data', data: { 'text/plain': ['[1] 2'] } },
      ]);
      expect(cells[1]?.outputs[0]).toHaveProperty(['data', 'image/png']);
      expect(cells[2]?.outputs[0]).toHaveProperty(['data', 'text/html']);
      expect(metadata['language_info']).toMatchObject({ name: 'R' });
    });

    it('receives parameters as they were written', async () => {
      const parameters = {
        texts: TEXTS,
        text: 'tab\tbell\u0007 €',
        n: -5,
        x: 0.1,
        small: 1e-300,
        on: [true, false],
        mixed: [1, 'a', null, [1.5, 2.5]],
        nested: { 'a key': { b: [1, 2] } },
      };
      const names = Object.keys(parameters);
      const shown = `cat(jsonlite::toJSON(list(${names.map((name) => `${name} = ${name}`).join(', ')}), auto_unbox = TRUE, digits = NA, null = "null"))`;
      const special =
        'cat(is.null(none), is.nan(nan), up == Inf, down == -Inf, class(n), class(x), nchar(text))';
      const { result, cells } = await execute('ir', [shown, special], {
        parameters: JSON.stringify(parameters).replace(
          /\}$/,
          ',"none":null,"nan":NaN,"up":Infinity,"down":-Infinity}',
        ),
      });
      expect(result.error).toBeUndefined();
      expect(JSON.parse(textOf(cells[0]))).toEqual(parameters);
      expect(textOf(cells[1])).toBe('TRUE TRUE TRUE TRUE numeric numeric 11');
    });

    it.each([
      ['stop("broken")', 'x <- 1\ny <- 2\nstop("broken")\nz <- 3', 'broken', 'stop('],
      ['an error in a function', 'f <- function() stop("deep")\n\ny <- f ()', 'deep', 'y <- f'],
      ['a mistake in the syntax', 'x <- 1\n\n1 +* 2', 'unexpected', '1 +*'],
    ])('fails with %s, in its cell and line', async (_, source, words, blamed) => {
      const { result, cells } = await execute('ir', ['1', source, '2']);
      expect(result).toMatchObject({ status: 'failed', error: { cellIndex: 1, executionCount: 2 } });
      expect(result.error?.evalue).toContain(words);
      const lines = readFileSync(result.run.notebookPath, 'utf8').split('\n');
      expect(lines[(result.error?.line ?? 0) - 1]).toContain(blamed.replaceAll('"', '\\"'));
      expect(cells[1]?.outputs.at(-1)).toMatchObject({ output_type: 'error' });
      expect(cells[2]?.outputs).toEqual([]);
    });

    it('that asks for input fails at once', async () => {
      const { result } = await execute('ir', ['x <- readline("Name? ")', '1']);
      expect(result).toMatchObject({
        status: 'failed',
        error: { ename: 'StdinNotImplementedError', cellIndex: 0 },
      });
    });

    it('is interrupted at the limit of a cell', async () => {
      const { result, cells } = await execute('ir', ['cat("a\\n"); Sys.sleep(600)', '1'], {
        settings: { cellTimeoutMs: 3_000 },
      });
      expect(result).toMatchObject({ status: 'timed-out', error: { ename: 'CellTimeoutError' } });
      expect(textOf(cells[0])).toBe('a\n');
    });
  },
);
