import type { Problem } from '../errors.ts';
import type { ConfigEntry, Parameters, Value } from '../model.ts';
import type { Notebook } from '../notebook/types.ts';
import { checkParameters, type ParameterFinding } from './check-parameters.ts';
import { placeOfParameter } from './lay-over.ts';
import { notebookKernel, type NotebookKernel } from './notebook-kernel.ts';
import { type ParameterProblem, parameterSource } from './parameter-source.ts';
import { parametersCell } from './parameters-cell.ts';

export interface RunVariables {
  /** The variables that the notebook receives. */
  readonly parameters: Parameters;
  /** Their source text; undefined when there are none. */
  readonly injectedSource: string | undefined;
  readonly kernelName: string;
  readonly problems: readonly Problem[];
  readonly warnings: readonly Warning[];
}

/** What it is about, the same for all runs of a sweep, and its text. */
export type Warning = readonly [about: string, text: string];

interface VariablesRequest {
  readonly entry: ConfigEntry;
  /** The run's parameters by plain name. */
  readonly values: Parameters;
  readonly overrides: Parameters;
  /** The label, resolved, as text. */
  readonly label: string;
  readonly notebook: Notebook;
  /** Parameters that the notebook does not expect are problems instead of warnings. */
  readonly strict: boolean;
}

/** The kernel of a run, and the variables it receives in the form and the language that the notebook expects. */
export function runVariables(request: VariablesRequest): RunVariables {
  const { entry, notebook } = request;
  const kernel = notebookKernel(notebook, entry.settings.kernel);
  const parameters = entry.form === 'config' ? asConfig(request) : request.values;
  const problems = [...kernelProblems(request, kernel)];
  const { language, kernelName = '' } = kernel;
  if (parameters.size === 0 || language === undefined) {
    return { parameters, injectedSource: undefined, kernelName, problems, warnings: [] };
  }
  const { source, problems: refused } = parameterSource(parameters, language);
  problems.push(...refused.map((problem) => placed(problem, request)));
  const findings = language.name === 'Python' ? [...unexpected(request, parameters)] : [];
  if (request.strict) {
    problems.push(...findings.map(({ name, message }) => placed({ path: [name], message }, request)));
  }
  const warnings = findings
    .filter(({ kind }) => kind !== 'no cell')
    .map(
      ({ kind, name, message }) => [`${entry.name} ${kind} ${name}`, `${entry.name}: ${message}`] as const,
    );
  return {
    parameters,
    injectedSource: source,
    kernelName,
    problems,
    warnings: request.strict ? [] : warnings,
  };
}

interface Finding {
  readonly kind: ParameterFinding['kind'] | 'no cell';
  readonly name: string;
  readonly message: string;
}

/** The parameters that the notebook's `parameters` cell, in Python, does not expect. */
function* unexpected({ entry, notebook }: VariablesRequest, parameters: Parameters): Generator<Finding> {
  const cell = parametersCell(notebook);
  if (cell === undefined) {
    const message = `"${entry.notebook}" has no cell tagged parameters, which would define it. Tag the cell that does.`;
    for (const name of parameters.keys()) yield { kind: 'no cell', name, message };
    return;
  }
  for (const { kind, name, message } of checkParameters(parameters, cell.source)) {
    const where = `The parameters cell of ${entry.notebook} does not define it.`;
    yield { kind, name, message: kind === 'unknown' ? `${message} ${where}` : message };
  }
}

/** The 2019 form: everything as one variable, with the label as it was resolved. */
function asConfig({ entry, values, label }: VariablesRequest): Parameters {
  const config = new Map<string, Value>(values);
  if (entry.outputLabel !== undefined && config.has('output_label')) config.set('output_label', label);
  return new Map([['config', config]]);
}

function* kernelProblems({ entry, values }: VariablesRequest, kernel: NotebookKernel): Generator<Problem> {
  const { languageName, language, kernelName } = kernel;
  if (kernelName === undefined) {
    const message = `"${entry.notebook}" is in ${languageName} but names no kernel. Say which in "run": {"kernel": "…"}.`;
    yield { ...entry.at('/notebook'), message };
  }
  if (language === undefined && values.size > 0) {
    const message = `Parameters cannot be written in ${languageName}, the language of "${entry.notebook}". Remove them, or set them in "run": {"env": {…}}.`;
    yield { ...entry.at(entry.form === 'config' ? '' : '/parameters'), message };
  }
}

/** The problem where its value was written; in the `config` form the variable's own name is ours. */
function placed({ path, message }: ParameterProblem, { entry, overrides }: VariablesRequest): Problem {
  const [name, ...below] = entry.form === 'config' ? path.slice(1) : path;
  if (name === undefined) return { ...entry.at(''), message };
  return { ...placeOfParameter(entry, [String(name), ...below], overrides), message };
}
