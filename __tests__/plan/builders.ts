/** Whole entries and requests of a project in /project, plus what a test cares about. */
import type { ConfigEntry, EntrySettings, Matrix, Request, Value } from '../../src/model.ts';
import type { NotebookSource } from '../../src/plan/ports.ts';
import { parametersOf } from './json-value.ts';
import { aPublishRequest } from '../fakes/publish-requests.ts';

export function someEntrySettings(overrides: Partial<EntrySettings> = {}): EntrySettings {
  return {
    kernel: undefined,
    cwd: undefined,
    env: new Map(),
    cellTimeoutMs: undefined,
    timeoutMs: undefined,
    startTimeoutMs: undefined,
    retries: undefined,
    allowErrors: undefined,
    tags: [],
    ...overrides,
  };
}

interface EntryText extends Partial<Omit<ConfigEntry, 'parameters' | 'matrix' | 'settings' | 'at'>> {
  /** JSON text. */
  readonly parameters?: string;
  /** JSON text, as in a configs file. */
  readonly matrix?: string;
  readonly settings?: Partial<EntrySettings>;
}

/** An entry in the `parameters` form; its places are pointers without lines. */
export function anEntry(overrides: EntryText = {}): ConfigEntry {
  const { parameters = '{}', matrix, settings, name = 'train', ...rest } = overrides;
  return {
    name,
    notebook: 'notebooks/train.ipynb',
    outputLabel: undefined,
    form: 'parameters',
    parameters: parametersOf(parameters),
    matrix: matrix === undefined ? undefined : aMatrix(matrix),
    settings: someEntrySettings(settings),
    at: (pointer) => ({ file: 'configs.json', pointer: `/${name}${pointer}` }),
    ...rest,
  };
}

/** A matrix as a configs file writes it. */
export function aMatrix(text: string): Matrix {
  const { include, exclude, ...dimensions } = Object.fromEntries(parametersOf(text));
  const objects = (value: Value | undefined) => (value ?? []) as readonly ReadonlyMap<string, Value>[];
  return {
    dimensions: new Map(Object.entries(dimensions) as [string, readonly Value[]][]),
    include: objects(include),
    exclude: objects(exclude),
  };
}

export function aRequest(overrides: Partial<Request> = {}): Request {
  return {
    mistakes: [],
    unsound: [],
    entries: [anEntry()],
    parameters: new Map(),
    select: [],
    workingDirectory: '/project',
    maxParallel: 'auto',
    failFast: false,
    cellTimeoutMs: undefined,
    runTimeoutMs: undefined,
    startTimeoutMs: 60_000,
    batchTimeoutMs: undefined,
    retries: 0,
    allowErrors: false,
    strictParameters: false,
    outputLimits: { streamBytes: undefined, outputBytes: undefined, notebookBytes: undefined },
    outputDir: '/project/papermill_outputs',
    outputPath: '{notebook_name}/{output_label}/{notebook_name}_{output_label}.ipynb',
    backup: false,
    passEnv: [],
    isolation: 'fork',
    preload: 'auto',
    python: { interpreter: undefined, install: 'auto', requirements: [] },
    publish: aPublishRequest(),
    ...overrides,
  };
}

/** The text of a notebook with one cell tagged `parameters`, or none. */
export function notebookText(options: { metadata?: object; parameters?: string } = {}): string {
  const {
    metadata = { kernelspec: { name: 'python3', display_name: 'Python 3', language: 'python' } },
    parameters,
  } = options;
  const cell = {
    cell_type: 'code',
    id: 'defaults',
    metadata: { tags: ['parameters'] },
    source: parameters,
    outputs: [],
    execution_count: null,
  };
  return JSON.stringify({
    nbformat: 4,
    nbformat_minor: 5,
    metadata,
    cells: parameters === undefined ? [] : [cell],
  });
}

interface FakeFiles {
  /** Absolute path → text. */
  readonly files?: Readonly<Record<string, string>>;
  readonly directories?: readonly string[];
  /** Path → where the link leads. */
  readonly links?: Readonly<Record<string, string>>;
}

/** A file system of a few files; it remembers what was read. */
export function notebookFiles(
  options: FakeFiles = {},
): NotebookSource & { readonly reads: readonly string[] } {
  const { files = { '/project/notebooks/train.ipynb': notebookText() }, links = {} } = options;
  const directories = new Set(['/project', '/project/notebooks', ...(options.directories ?? [])]);
  const reads: string[] = [];
  return {
    reads,
    read: (path) => {
      reads.push(path);
      const text = files[path];
      return text === undefined
        ? Promise.reject(fault(directories.has(path) ? 'EISDIR' : 'ENOENT'))
        : Promise.resolve(text);
    },
    similar: () => Promise.resolve(Object.keys(files).map((path) => path.replace('/project/', ''))),
    isDirectory: (path) => Promise.resolve(directories.has(path)),
    realpath: (path) => {
      const target = links[path] ?? path;
      return target in files || directories.has(target)
        ? Promise.resolve(target)
        : Promise.reject(fault('ENOENT'));
    },
  };
}

function fault(code: string): Error {
  return Object.assign(new Error(`${code}: of the fake file system`), { code });
}
