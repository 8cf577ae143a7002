import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatProblems } from '../../src/inputs/format-problems.ts';
import { parseArguments } from '../../src/inputs/parse-arguments.ts';

const problemsOf = (...argv: string[]) => {
  const parsed = parseArguments(argv);
  return parsed.command === 'invalid' ? formatProblems(parsed.problems) : `no problem: ${parsed.command}`;
};

const given = (...argv: string[]) => {
  const parsed = parseArguments(argv);
  if (parsed.command !== 'run' && parsed.command !== 'plan') throw new Error(problemsOf(...argv));
  return parsed;
};

test('run without more asks for what the defaults say', () => {
  expect(given('run')).toEqual({
    command: 'run',
    inputs: { face: 'command-line', values: new Map(), parameters: new Map() },
  });
});

test('every form of option ends as the text of its input', () => {
  const { inputs } = given(
    'run',
    'c.yaml',
    '--max-parallel',
    '4',
    '--cell-timeout=5m',
    '--fail-fast',
    '--no-backup',
  );
  expect(inputs.values).toEqual(
    new Map([
      ['configs', 'c.yaml'],
      ['max-parallel', '4'],
      ['cell-timeout', '5m'],
      ['fail-fast', 'true'],
      ['backup', 'false'],
    ]),
  );
});

test('options of lists accumulate, of the others the last one counts', () => {
  const { inputs } = given('run', '--select', 'a,b', '--retries=1', '--select=!c', '--retries', '2');
  expect(inputs.values).toEqual(
    new Map([
      ['select', 'a,b\n!c'],
      ['retries', '2'],
    ]),
  );
});

test('-p takes two words, whatever they are, and types them as papermill does', () => {
  const { inputs } = given(
    'run',
    '-p',
    'a',
    '-1',
    '-p',
    'b',
    '--json',
    'c.json',
    '-p',
    'c',
    'True',
    '-p',
    'a',
    '1e5',
  );
  expect(inputs).toEqual({
    face: 'command-line',
    values: new Map([['configs', 'c.json']]),
    parameters: new Map<string, unknown>([
      ['a', 1e5],
      ['b', '--json'],
      ['c', true],
    ]),
  });
});

test('plan takes the same options, and --json', () => {
  expect(given('plan', '--json', '--select', 'x')).toEqual({
    command: 'plan',
    json: true,
    inputs: { face: 'command-line', values: new Map([['select', 'x']]), parameters: new Map() },
  });
  expect(given('plan')).toMatchObject({ json: false });
});

test('what follows -- is no option', () => {
  expect(given('run', '--', '-p').inputs.values).toEqual(new Map([['configs', '-p']]));
});

test('--version is known', () => {
  expect(parseArguments(['--version'])).toEqual({ command: 'version' });
});

test.for([
  ['an unknown option', ['run', '--selct', 'a'], 'option --selct: unknown. Did you mean --select?'],
  ['an unknown negation', ['run', '--no-bakup'], 'option --no-bakup: unknown. Did you mean --no-backup?'],
  [
    'a strange option',
    ['run', '--frobnicate'],
    'option --frobnicate: unknown. See parallel-notebooks run --help.',
  ],
  ['an option without its value', ['run', '--select'], 'option --select: needs a value: --select NAMES'],
  [
    'an option in the place of a value',
    ['run', '--select', '--fail-fast'],
    'option --select: needs a value: --select NAMES',
  ],
  ['a negation with a value', ['run', '--no-backup=x'], 'option --no-backup: takes no value. Remove it.'],
  [
    '-p with one word',
    ['run', '-p', 'a'],
    'option -p: expected a name and a value. Write for instance -p alpha 0.1.',
  ],
  ['--json for run', ['run', '--json'], 'option --json: belongs to the command plan. Remove it.'],
  [
    'two files',
    ['run', 'a.json', 'b.json'],
    'argument "b.json": one too many. CONFIGS is one file. For several, quote a pattern: "configs/*.json".',
  ],
  [
    'a file twice',
    ['run', 'a.json', '--configs', 'b.json'],
    'argument "a.json": one too many. CONFIGS is one file. For several, quote a pattern: "configs/*.json".',
  ],
  [
    'a file for a command',
    ['configs.json'],
    'command "configs.json": not a command. To execute it, write parallel-notebooks run configs.json',
  ],
  [
    'a misspelt command',
    ['rnu'],
    'command "rnu": unknown. Write run, plan or report, or see parallel-notebooks --help.',
  ],
  ['a nearly right command', ['plans'], 'command "plans": unknown. Did you mean parallel-notebooks plan?'],
  [
    'no command',
    ['--fail-fast'],
    'command: missing. Write parallel-notebooks run, or see parallel-notebooks --help.',
  ],
  [
    'a report of nothing, with an option of another command',
    ['report', '--select=x', '-o'],
    [
      'option --select: unknown. See parallel-notebooks report --help.',
      'option -o: needs a value: -o report.html',
      'argument RESULTS: missing. Name the results.json of a batch: parallel-notebooks report papermill_outputs/results.json',
    ].join('\n'),
  ],
  [
    'several at once',
    ['run', '--x-y', '-p'],
    'option -p: expected a name and a value. Write for instance -p alpha 0.1.\noption --x-y: unknown. See parallel-notebooks run --help.',
  ],
] as const)('%s is a problem with its cure', ([, argv, expected]) => {
  expect(problemsOf(...argv)).toBe(expected);
});

test('report takes any number of results, and a name for the page', () => {
  expect(parseArguments(['report', 'a.json', '-o', 'all.html', 'b/results.json'])).toEqual({
    command: 'report',
    results: ['a.json', 'b/results.json'],
    out: 'all.html',
  });
  expect(parseArguments(['report', 'a.json'])).toMatchObject({ out: 'report.html' });
  expect(parseArguments(['report', 'a.json', '--output=b.html'])).toMatchObject({ out: 'b.html' });
});

describe('help', () => {
  const helpOf = (...argv: string[]) => {
    const parsed = parseArguments(argv);
    return parsed.command === 'help' ? parsed.text : undefined;
  };

  test('is given for the program and for each command', () => {
    const [program, run, plan] = [helpOf('--help'), helpOf('run', '-h'), helpOf('plan', '--help')];
    expect(new Set([program, run, plan, helpOf('report', '-h')])).toHaveLength(4);
    expect([helpOf(), helpOf('help'), helpOf('rport', '-h')]).toEqual([program, program, program]);
    expect([helpOf('help', 'run'), helpOf('run', '--nonsense', '--help')]).toEqual([run, run]);
  });

  test('fits 100 columns', () => {
    const lines = ['-h', 'run -h', 'plan -h', 'report -h']
      .map((words) => helpOf(...words.split(' ')))
      .join('\n')
      .split('\n');
    expect(lines.filter((line) => line.length > 100 || line.endsWith(' '))).toEqual([]);
  });

  test('names exactly the options that have an effect', () => {
    const options = helpOf('run', '-h')?.matchAll(/^ {2}--(?:\[no-\])?([a-z-]+)/gm);
    expect(Array.from(options ?? [], ([, name]) => name)).toEqual([
      'parameters',
      'select',
      'working-directory',
      'max-parallel',
      'fail-fast',
      'cell-timeout',
      'run-timeout',
      'start-timeout',
      'batch-timeout',
      'retries',
      'allow-errors',
      'strict-parameters',
      'output-limit',
      'pass-env',
      'redact-env',
      'python',
      'install',
      'requirements',
      'isolation',
      'preload',
      'earlier-results',
      'output-dir',
      'output-path',
      'backup',
      'report',
    ]);
  });

  test('gives examples that are understood', () => {
    const topics = ['-h', 'run -h', 'plan -h', 'report -h'];
    const text = topics.map((words) => helpOf(...words.split(' '))).join('\n');
    const examples = Array.from(text.matchAll(/^ {2}parallel-notebooks (.*)$/gm), ([, line = '']) => {
      return Array.from(line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g), ([, a, b, c]) => a ?? b ?? c ?? '');
    });
    const commands = examples.map((argv) => parseArguments(argv).command);
    expect(commands).toEqual([
      'run',
      'run',
      'plan',
      'run',
      'run',
      'run',
      'run',
      'plan',
      'plan',
      'report',
      'report',
    ]);
  });
});

test('any arguments are understood or told as problems', () => {
  const word = fc.oneof(
    fc.constantFrom(
      'run',
      'plan',
      '-p',
      '--',
      '--select',
      '--fail-fast',
      '--no-backup',
      '--json',
      '-',
      '--=',
      '-h=1',
    ),
    fc.string({ unit: 'grapheme' }),
  );
  fc.assert(
    fc.property(fc.array(word), (argv) => {
      expect(parseArguments(argv).command).toMatch(/^(?:run|plan|help|version|invalid)$/);
    }),
  );
});
