import type { InputName } from './input-definitions.ts';
import { INPUT_NAMES, inputDefinition } from './input-definitions.ts';

export const PROGRAM = 'parallel-notebooks';

const WIDTH = 100;
const INDENT = 28; // of the descriptions

export type HelpTopic = 'program' | 'run' | 'plan' | 'report';

/** Help for the program or one of its commands, ending in a line break. */
export function helpText(topic: HelpTopic): string {
  return `${TOPICS[topic]().join('\n')}\n`;
}

const TOPICS: Readonly<Record<HelpTopic, () => readonly string[]>> = {
  program: () => [
    `Usage: ${PROGRAM} COMMAND [CONFIGS] [OPTIONS]`,
    '',
    'Executes a batch of parameterised Jupyter notebooks in parallel.',
    '',
    'Commands:',
    ...row('run [CONFIGS]', 'Execute the runs that CONFIGS lists.'),
    ...row('plan [CONFIGS]', 'Show what would run, and where its results would go.'),
    ...row('report RESULTS', 'Build the report anew from the results of one or more batches.'),
    '',
    'Options:',
    ...row('-h, --help', `Show this help, or that of a command: ${PROGRAM} run --help.`),
    ...row('--version', 'Show the version.'),
    '',
    'Exit status: 0 all runs passed; 1 a run did not; 2 the request was wrong, nothing ran;',
    '3 our own failure; 4 all passed but publishing failed; 130, 143 interrupted.',
    '',
    'Examples:',
    `  ${PROGRAM} run`,
    `  ${PROGRAM} run configs.json --max-parallel 4 -p seed 1`,
    `  ${PROGRAM} plan "configs/*.yaml" --json`,
  ],
  run: () => [
    `Usage: ${PROGRAM} run [CONFIGS] [OPTIONS]`,
    '',
    'Executes the runs that CONFIGS lists: a file, a quoted glob of files, or inline JSON or YAML',
    '(default: configs.json).',
    '',
    'Options:',
    ...options(),
    '',
    'Examples:',
    `  ${PROGRAM} run`,
    `  ${PROGRAM} run configs.yaml --select "train_*" --select "!train_large"`,
    `  ${PROGRAM} run -p alpha 0.1 -p name bank --output-dir results`,
    `  ${PROGRAM} run --parameters '{"seed": [1, 2, 3]}' --cell-timeout 5m --no-backup`,
  ],
  plan: () => [
    `Usage: ${PROGRAM} plan [CONFIGS] [OPTIONS]`,
    '',
    'Shows what `run` with the same options would execute; starts and writes nothing.',
    '',
    'Options:',
    ...row('--json', 'Print the plan as JSON.'),
    ...options(),
    '',
    'Examples:',
    `  ${PROGRAM} plan`,
    `  ${PROGRAM} plan configs.json --select tag:nightly --json`,
  ],
  report: () => [
    `Usage: ${PROGRAM} report RESULTS... [-o FILE]`,
    '',
    'Builds the report, one HTML page with every executed notebook, from the results.json of one or more',
    'batches. The notebooks are looked for where that file says, and beside it.',
    '',
    'Options:',
    ...row('-o, --output FILE', 'Where the report goes (default: report.html).'),
    ...row('-h, --help', 'Show this help.'),
    '',
    'Examples:',
    `  ${PROGRAM} report papermill_outputs/results.json`,
    `  ${PROGRAM} report shard-*/results.json -o all.html`,
  ],
};

function options(): readonly string[] {
  const inputs = INPUT_NAMES.filter((name) => name !== 'configs').flatMap((name) => option(name));
  const parameter = row(
    '-p NAME VALUE',
    'One parameter laid over every run, typed as papermill does. Repeatable.',
  );
  return [...parameter, ...inputs, ...row('-h, --help', 'Show this help.')];
}

function option(name: InputName): readonly string[] {
  const { kind, description, availability, commandLineDefault, default: ofAction } = inputDefinition(name);
  if (availability !== 'now') return [];
  const preset = commandLineDefault ?? ofAction;
  const isFlag = kind.placeholder === '';
  const shown = isFlag ? (preset === 'true' ? 'yes' : '') : preset;
  const notes = [
    description,
    ...(shown === '' ? [] : [`(default: ${shown})`]),
    ...(kind.repeatable === true ? ['Repeatable.'] : []),
  ];
  return row(isFlag ? `--[no-]${name}` : `--${name} ${kind.placeholder}`, notes.join(' '));
}

/** A term and its description, wrapped beside it. */
function row(term: string, description: string): readonly string[] {
  const [first = '', ...rest] = wrap(description, WIDTH - INDENT);
  return [`  ${term}`.padEnd(INDENT) + first, ...rest.map((line) => ' '.repeat(INDENT) + line)];
}

function wrap(text: string, width: number): readonly string[] {
  return text.split(' ').reduce<readonly string[]>((lines, word) => {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > width) return [...lines, word];
    return [...lines.slice(0, -1), `${last} ${word}`];
  }, []);
}
