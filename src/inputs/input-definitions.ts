/** Every input of the action, which is every option of the command line. `action.yml` and the help say the same. */
import type { InputKind } from './input-kinds.ts';
import {
  anyText,
  artifactNameInput,
  choice,
  durationInput,
  flagInput,
  limitInput,
  listInput,
  outputLimitInput,
  parallelInput,
  preloadInput,
  wholeNumber,
} from './input-kinds.ts';

export interface InputDefinition<T> {
  readonly kind: InputKind<T>;
  /** As text; empty = the input stays unset. */
  readonly default: string;
  /** Where the command line differs from the action. */
  readonly commandLineDefault?: string;
  readonly description: string;
  /**
   * `not-yet`: its value is checked, and then refused, for it would have no effect; `on-github`: refused on the command
   * line for the same reason.
   */
  readonly availability: 'now' | 'not-yet' | 'on-github';
}

export const INPUTS = {
  configs: now(anyText('CONFIGS'), 'configs.json', 'Configs file, glob of files, or inline JSON or YAML.'),
  parameters: now(
    anyText('TEXT'),
    '',
    'JSON or YAML object laid over the parameters of every run; a list of values sweeps.',
  ),
  select: now(
    listInput('NAMES'),
    '',
    'Runs to execute: names, globs or tag:x, separated by commas or lines; ! in front excludes. Default: all.',
  ),
  'working-directory': now(
    anyText('DIR'),
    '',
    'Base of all relative paths. Default: the workspace, on the command line the current directory.',
  ),
  'max-parallel': now(parallelInput, 'auto', 'Runs at once; auto: as many as there are CPUs.'),
  'fail-fast': now(flagInput, 'false', 'Start no more runs after the first failure.'),
  'cell-timeout': now(
    limitInput,
    '',
    'Longest time for one cell: seconds, or text such as 90s, 5m, 2h. Default: none.',
  ),
  'run-timeout': now(limitInput, '', 'Longest time for one run. Default: none.'),
  'start-timeout': now(durationInput, '60', 'Longest time for a kernel to start.'),
  'batch-timeout': now(limitInput, '', 'Longest time for the whole batch. Default: none.'),
  retries: now(
    wholeNumber({ from: 0, to: 1000 }),
    '0',
    'Extra attempts for a failed run; starting a kernel is always retried.',
  ),
  'allow-errors': now(flagInput, 'false', 'Go on after a failing cell; the run still counts as failed.'),
  'strict-parameters': now(
    flagInput,
    'false',
    'Refuse a parameter that the parameters cell of a Python notebook does not define, or of another type.',
  ),
  'output-limit': now(
    outputLimitInput,
    'stream=8MB,output=20MB,notebook=100MB',
    'What is kept of the streams of a cell, of one output, of a whole notebook; a single size is for streams; 0: no limit.',
  ),
  'pass-env': now(
    listInput('NAMES'),
    '',
    'Environment variables that kernels may see although they look secret.',
  ),
  'redact-env': now(
    listInput('NAMES'),
    '',
    'Variables whose values are hidden in everything written, besides those that look secret.',
  ),
  python: now(
    anyText('PYTHON'),
    '',
    'Interpreter whose packages the notebooks use, by name or path. Default: python3 found on PATH.',
  ),
  install: now(
    choice('auto', 'never'),
    'auto',
    'auto: install a missing Jupyter into an environment of its own; never: stop and say what to run.',
  ),
  requirements: now(listInput('FILES'), '', 'Requirements files to install for the kernels.'),
  isolation: now(
    choice('fork', 'spawn'),
    'fork',
    'fork: kernels start as copies of a process that has done their imports, on Linux; spawn: each starts anew.',
  ),
  preload: now(
    preloadInput,
    'auto',
    'Imports that forked kernels share; auto: what the notebooks import, as far as it is known to be safe; none; or a list.',
  ),
  'earlier-results': now(
    anyText('FILE'),
    '',
    'A results.json that tells how long runs take, and what memory they need. Default: the one in output-dir.',
  ),
  'output-dir': now(anyText('DIR'), 'papermill_outputs', 'Where executed notebooks go.'),
  'output-path': now(
    anyText('TEMPLATE'),
    '{notebook_name}/{output_label}/{notebook_name}_{output_label}.ipynb',
    'Path of an executed notebook below output-dir.',
  ),
  backup: {
    ...now(flagInput, 'false', 'Rename an existing output to …_backup.ipynb first.'),
    commandLineDefault: 'true',
  },
  'server-url': notYet(anyText('URL'), 'Jupyter server or gateway to use instead of starting one.'),
  'server-token': notYet(anyText('TOKEN'), 'Token of that server.'),
  'artifact-name': onGitHub(artifactNameInput, 'notebooks', 'Name of the uploaded artifact.'),
  'retention-days': onGitHub(
    wholeNumber({ from: 1, to: 400 }),
    '',
    'Days to keep the artifact. Default: as the repository is set.',
  ),
  'compression-level': onGitHub(wholeNumber({ from: 0, to: 9 }), '6', 'Compression of the artifact, 0 to 9.'),
  upload: onGitHub(
    choice('always', 'on-failure', 'never'),
    'always',
    'When to upload the executed notebooks, results.json and the log as an artifact.',
  ),
  report: now(
    flagInput,
    'true',
    'Write the report, one HTML page with every executed notebook, and upload it.',
  ),
  comment: onGitHub(
    choice('auto', 'always', 'on-failure', 'never'),
    'auto',
    'When to comment on the pull request; auto: on pull requests and on pushes to their branches, where the token may.',
  ),
  'comment-key': onGitHub(
    anyText('KEY'),
    '',
    'Lets several uses comment on one pull request. Default: the workflow and its job.',
  ),
  'comment-live': onGitHub(
    flagInput,
    'false',
    'Comment when the batch begins, and write the comment anew while it runs, every 15 seconds at most.',
  ),
  summary: onGitHub(flagInput, 'true', 'Write the job summary.'),
  annotations: onGitHub(flagInput, 'true', 'Annotate failing cells.'),
  'publish-errors': onGitHub(
    choice('warn', 'fail'),
    'warn',
    'fail: exit status 4 when the notebooks passed but an upload or comment failed.',
  ),
  'github-token': onGitHub(anyText('TOKEN'), '${{ github.token }}', 'Token for the comment.'),
} satisfies Readonly<Record<string, InputDefinition<unknown>>>;

export type InputName = keyof typeof INPUTS;

export const INPUT_NAMES = Object.keys(INPUTS) as readonly InputName[];

/** The definition of an input, without the type of its value. */
export function inputDefinition(name: InputName): InputDefinition<unknown> {
  return INPUTS[name];
}

export function isInputName(name: string): name is InputName {
  return Object.hasOwn(INPUTS, name);
}

function now<T>(kind: InputKind<T>, defaultText: string, description: string): InputDefinition<T> {
  return { kind, default: defaultText, description, availability: 'now' };
}

function onGitHub<T>(kind: InputKind<T>, defaultText: string, description: string): InputDefinition<T> {
  return { kind, default: defaultText, description, availability: 'on-github' };
}

function notYet<T>(kind: InputKind<T>, description: string): InputDefinition<T> {
  return { kind, default: '', description: `Not yet: ${description}`, availability: 'not-yet' };
}
