import { parseArgs } from 'node:util';
import type { Problem } from '../errors.ts';
import { quoted } from './describe-value.ts';
import { didYouMean } from './did-you-mean.ts';
import { helpText, type HelpTopic, PROGRAM } from './help-text.ts';
import type { InputName } from './input-definitions.ts';
import { INPUT_NAMES, inputDefinition, isInputName } from './input-definitions.ts';
import { parseReportArguments, type ReportArguments } from './parse-report-arguments.ts';
import type { RawInputs } from './raw-inputs.ts';
import type { Report } from './shape.ts';
import { takeParameters } from './take-parameters.ts';

export type Arguments =
  | { readonly command: 'run'; readonly inputs: RawInputs }
  | { readonly command: 'plan'; readonly inputs: RawInputs; readonly json: boolean }
  | ReportArguments
  | { readonly command: 'help'; readonly text: string }
  | { readonly command: 'version' }
  | { readonly command: 'invalid'; readonly problems: readonly Problem[] };

const COMMANDS = ['run', 'plan', 'report', 'help'];

/** Reads the arguments after the program's name. The values of options stay text: `buildRequest` checks them. */
export function parseArguments(argv: readonly string[]): Arguments {
  const { parameters, rest, problems: incomplete } = takeParameters(argv);
  const { options, positionals } = split(rest);
  const [command, ...operands] = positionals;
  if (argv.length === 0 || options.some(({ name }) => name === 'help' || name === 'h')) return help(command);
  if (options.some(({ name }) => name === 'version')) return { command: 'version' };
  if (command === 'help') return help(operands[0]);
  if (command === 'report') {
    const asked = parseReportArguments(argv.slice(argv.indexOf('report') + 1));
    return 'command' in asked ? asked : { command: 'invalid', problems: asked.problems };
  }
  if (command !== 'run' && command !== 'plan')
    return { command: 'invalid', problems: [wrongCommand(command)] };

  const problems: Problem[] = [...incomplete];
  const values = readOptions(options, command, (problem) => problems.push(problem));
  const unknown = options.some(({ name }) => !isKnown(name)); // its value looks like one operand too many
  problems.push(...readOperands(operands, values, { mayHaveStray: unknown }));
  if (problems.length > 0) return { command: 'invalid', problems };
  const inputs: RawInputs = { face: 'command-line', values, parameters };
  if (command === 'run') return { command, inputs };
  return { command, inputs, json: options.some(({ name }) => name === 'json') };
}

interface Option {
  readonly name: string;
  /** With its dashes, as written. */
  readonly written: string;
  readonly value: string | undefined;
  /** Whether the value follows a `=`. */
  readonly inline: boolean;
}

const isFlag = (name: InputName) => inputDefinition(name).kind.placeholder === '';

function split(args: readonly string[]): { options: readonly Option[]; positionals: readonly string[] } {
  const typed = INPUT_NAMES.map((name) => [name, { type: isFlag(name) ? 'boolean' : 'string' }] as const);
  const { tokens, positionals } = parseArgs({
    args: [...args],
    options: { ...Object.fromEntries(typed), help: { type: 'boolean', short: 'h' } },
    strict: false, // all mistakes are told together, and with a suggestion
    tokens: true,
  });
  const options = tokens.flatMap((token) => {
    if (token.kind !== 'option') return [];
    return {
      name: token.name,
      written: token.rawName,
      value: token.value,
      inline: token.inlineValue === true,
    };
  });
  return { options, positionals };
}

/** The input of which `--no-…` is the negation. */
function negated(name: string): InputName | undefined {
  const input = name.replace(/^no-/, '');
  return name.startsWith('no-') && isInputName(input) && isFlag(input) ? input : undefined;
}

function isKnown(name: string): boolean {
  return isInputName(name) || negated(name) !== undefined || name === 'json';
}

function readOptions(options: readonly Option[], command: string, report: Report): Map<InputName, string> {
  const values = new Map<InputName, string>();
  for (const option of options) {
    const file = `option ${option.written}`;
    const negative = negated(option.name);
    if (option.name === 'json') {
      if (command !== 'plan') report({ file, message: `belongs to the command plan. Remove it.` });
    } else if (negative !== undefined) {
      if (option.inline) report({ file, message: 'takes no value. Remove it.' });
      values.set(negative, 'false');
    } else if (!isInputName(option.name)) report({ file, message: unknownOption(option) });
    else if (isFlag(option.name)) values.set(option.name, option.value ?? 'true');
    else if (option.value === undefined || (!option.inline && /^-(?:-|[a-z]$)/.test(option.value))) {
      const { placeholder } = inputDefinition(option.name).kind;
      report({ file, message: `needs a value: ${option.written} ${placeholder}` });
    } else values.set(option.name, accumulated(values.get(option.name), option.name, option.value));
  }
  return values;
}

function accumulated(earlier: string | undefined, name: InputName, value: string): string {
  return earlier !== undefined && inputDefinition(name).kind.repeatable === true
    ? `${earlier}\n${value}`
    : value;
}

function unknownOption({ name }: Option): string {
  const flags = INPUT_NAMES.filter(isFlag).map((flag) => `no-${flag}`);
  const meant = didYouMean(name, [...INPUT_NAMES, 'json', 'help', 'version', ...flags]);
  return `unknown. ${meant === undefined ? `See ${PROGRAM} run --help.` : `Did you mean --${meant}?`}`;
}

function readOperands(
  operands: readonly string[],
  values: Map<InputName, string>,
  { mayHaveStray }: { mayHaveStray: boolean },
): readonly Problem[] {
  const [configs, stray] = operands;
  if (configs === undefined) return [];
  if (stray !== undefined || values.has('configs')) {
    const cure = 'CONFIGS is one file. For several, quote a pattern: "configs/*.json".';
    return mayHaveStray
      ? []
      : [{ file: `argument ${quoted(stray ?? configs)}`, message: `one too many. ${cure}` }];
  }
  values.set('configs', configs);
  return [];
}

function wrongCommand(command: string | undefined): Problem {
  if (command === undefined) {
    return { file: 'command', message: `missing. Write ${PROGRAM} run, or see ${PROGRAM} --help.` };
  }
  const file = `command ${quoted(command)}`;
  const looksLikeFile = /[./\\*{[\n]/.test(command);
  const meant = looksLikeFile ? undefined : didYouMean(command, COMMANDS);
  if (meant !== undefined) return { file, message: `unknown. Did you mean ${PROGRAM} ${meant}?` };
  if (looksLikeFile)
    return { file, message: `not a command. To execute it, write ${PROGRAM} run ${shellWord(command)}` };
  return { file, message: `unknown. Write run, plan or report, or see ${PROGRAM} --help.` };
}

function shellWord(text: string): string {
  return /^[\w./:@%+-]+$/.test(text) ? text : "'…'";
}

function isTopic(command: string | undefined): command is HelpTopic {
  return command === 'run' || command === 'plan' || command === 'report';
}

function help(command: string | undefined): Arguments {
  return { command: 'help', text: helpText(isTopic(command) ? command : 'program') };
}
