import { resolve } from 'node:path';
import type { Problem } from '../errors.ts';
import { UserError } from '../errors.ts';
import type { PythonRequest, Request } from '../model.ts';
import { quoted } from './describe-value.ts';
import { formatProblems } from './format-problems.ts';
import { INPUTS } from './input-definitions.ts';
import { loadConfigs } from './load-configs.ts';
import type { InputValues } from './parse-inputs.ts';
import { parseInputs } from './parse-inputs.ts';
import { parseValueText } from './parse-value-text.ts';
import type { InputFiles } from './ports.ts';
import { publishRequest } from './publish-request.ts';
import type { RawInputs } from './raw-inputs.ts';
import { inputLabel } from './raw-inputs.ts';
import type { Report } from './shape.ts';

/**
 * The request, with every default applied. Mistakes in the configs come with it, for the plan may find more; when an
 * input itself is wrong, throws one UserError with all the mistakes in inputs and configs.
 */
export async function buildRequest(raw: RawInputs, files: InputFiles): Promise<Request> {
  const problems: Problem[] = [];
  const report: Report = (problem) => problems.push(problem);
  const inputs = parseInputs(raw, report);

  const workingDirectory = resolve(files.currentDirectory, inputs['working-directory'] ?? '.');
  if ((await files.list(workingDirectory)) === undefined) {
    const message = `${quoted(inputs['working-directory'] ?? workingDirectory)} is not a directory. Check the path.`;
    report({ file: inputLabel(raw.face, 'working-directory'), message });
  }
  const configs = await loadConfigs(
    {
      configs: raw.values.get('configs') ?? INPUTS.configs.default,
      workingDirectory,
      label: inputLabel(raw.face, 'configs'),
    },
    files,
  );
  const parameters = parseValueText(raw.values.get('parameters') ?? '', inputLabel(raw.face, 'parameters'));
  const python = await readPython({ inputs, workingDirectory, files }, (message) => {
    report({ file: inputLabel(raw.face, 'requirements'), message });
  });
  problems.push(...parameters.problems);
  if (problems.length > 0 || configs.entries.length + configs.unsound.length === 0) {
    const all = [...problems, ...configs.problems];
    throw new UserError(formatProblems(all), { problems: all });
  }

  return {
    mistakes: configs.problems,
    unsound: configs.unsound,
    entries: configs.entries,
    parameters: new Map([...parameters.parameters, ...raw.parameters]),
    select: inputs.select ?? [],
    workingDirectory,
    maxParallel: checked(inputs['max-parallel']),
    failFast: checked(inputs['fail-fast']),
    cellTimeoutMs: inputs['cell-timeout'] ?? undefined,
    runTimeoutMs: inputs['run-timeout'] ?? undefined,
    startTimeoutMs: checked(inputs['start-timeout']),
    batchTimeoutMs: inputs['batch-timeout'] ?? undefined,
    retries: checked(inputs.retries),
    allowErrors: checked(inputs['allow-errors']),
    strictParameters: checked(inputs['strict-parameters']),
    outputLimits: checked(inputs['output-limit']),
    earlierResults:
      inputs['earlier-results'] === undefined
        ? undefined
        : resolve(workingDirectory, inputs['earlier-results']),
    outputDir: resolve(workingDirectory, checked(inputs['output-dir'])),
    outputPath: checked(inputs['output-path']),
    backup: checked(inputs.backup),
    passEnv: inputs['pass-env'] ?? [],
    isolation: checked(inputs.isolation),
    preload: checked(inputs.preload),
    python,
    publish: publishRequest(inputs),
  };
}

interface PythonSource {
  readonly inputs: InputValues;
  readonly workingDirectory: string;
  readonly files: InputFiles;
}

async function readPython(
  { inputs, workingDirectory, files }: PythonSource,
  refuse: (message: string) => void,
): Promise<PythonRequest> {
  const requirements = inputs.requirements ?? [];
  for (const file of requirements) {
    const reading = await files.read(resolve(workingDirectory, file));
    if (reading.kind === 'missing') refuse(`there is no file ${quoted(file)}. Check the path.`);
    if (reading.kind === 'unreadable') refuse(`${quoted(file)} cannot be read: ${reading.reason}`);
  }
  const { python } = inputs;
  // A path is relative to the working directory as every other; a bare name is looked up on PATH.
  const isPath = python !== undefined && /[/\\]/.test(python);
  return {
    interpreter: isPath ? resolve(workingDirectory, python) : python,
    install: inputs.install ?? 'auto',
    requirements: requirements.map((file) => resolve(workingDirectory, file)),
  };
}

/** An input that has a default is undefined only after its mistake was reported. */
function checked<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('an input with a default has no value');
  return value;
}
