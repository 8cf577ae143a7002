/** The nouns that every stage shares. Types only; imports nothing. */

/**
 * A value of a configs file, with Python's distinctions kept: an integer is a `bigint`, a float a `number`
 * (`1.0` stays a float), an object a `Map` in the order of the file (a plain object would move the key "1" to
 * the front).
 */
export type Value = null | boolean | string | bigint | number | readonly Value[] | ReadonlyMap<string, Value>;

/** Variable name → value, in the order in which the notebook receives them. */
export type Parameters = ReadonlyMap<string, Value>;

/** Where something stands in what the user wrote. */
export interface Place {
  /** File as the user named it, or for instance `input parameters`. */
  readonly file: string;
  /** From 1; undefined when there is no text to point into. */
  readonly line?: number | undefined;
  readonly column?: number | undefined;
  /** JSON pointer of the value, for instance `/sweep/run/cell_timeout`. */
  readonly pointer?: string | undefined;
}

/** A sweep, with the words and rules of a workflow's `strategy.matrix`. */
export interface Matrix {
  /** Parameter → its values, in file order. */
  readonly dimensions: ReadonlyMap<string, readonly Value[]>;
  readonly include: readonly Parameters[];
  readonly exclude: readonly Parameters[];
}

/** The `run` object of an entry, `defaults` merged in; what nobody set is undefined. Times in milliseconds. */
export interface EntrySettings {
  readonly kernel: string | undefined;
  /** As written: relative to the working directory. */
  readonly cwd: string | undefined;
  readonly env: ReadonlyMap<string, string>;
  /** null = said to have no limit. */
  readonly cellTimeoutMs: number | null | undefined;
  readonly timeoutMs: number | null | undefined;
  readonly startTimeoutMs: number | undefined;
  readonly memoryLimitBytes?: number | undefined;
  readonly retries: number | undefined;
  readonly allowErrors: boolean | undefined;
  readonly tags: readonly string[];
  readonly preload?: 'auto' | readonly string[] | undefined;
}

/** One entry of a configs file, valid in itself; whether its notebook exists is the plan's business. */
export interface ConfigEntry {
  readonly name: string;
  /** As written. */
  readonly notebook: string;
  /** As written, `{parameter}` unresolved; undefined = the run's name. */
  readonly outputLabel: string | undefined;
  /** `config`: the 2019 form, everything reaches the notebook as the one variable `config`. */
  readonly form: 'config' | 'parameters';
  /** The `parameters` object; in the `config` form all keys but `run` and `matrix`, in file order. */
  readonly parameters: Parameters;
  readonly matrix: Matrix | undefined;
  readonly settings: EntrySettings;
  /** The place of a JSON pointer below the entry, for instance `/notebook`; the entry itself for `''` or an unknown one. */
  readonly at: (pointer: string) => Place;
}

/** What was asked of us: the inputs of the action or the arguments of the command line, checked. */
export interface Request {
  /** Mistakes found in the configs; entries that have one are not among the `entries`. A plan adds its own, and refuses. */
  readonly mistakes: readonly (Place & { readonly message: string })[];
  /** Those entries, without their matrix and label: they may have more mistakes, which only a plan can find. */
  readonly unsound: readonly ConfigEntry[];
  readonly entries: readonly ConfigEntry[];
  /** Laid over every run; a list of values sweeps. */
  readonly parameters: Parameters;
  /** Names, globs or `tag:x`; `!` in front excludes. Empty = everything. */
  readonly select: readonly string[];
  /** Absolute; base of all relative paths. */
  readonly workingDirectory: string;
  /** Kernels at once. */
  readonly maxParallel: number | 'auto';
  readonly failFast: boolean;
  /** For runs whose entry says nothing. undefined = no limit. */
  readonly cellTimeoutMs: number | undefined;
  readonly runTimeoutMs: number | undefined;
  readonly startTimeoutMs: number;
  readonly batchTimeoutMs: number | undefined;
  readonly retries: number;
  readonly allowErrors: boolean;
  /** Refuse parameters that a notebook's `parameters` cell does not expect, instead of warning. */
  readonly strictParameters: boolean;
  /** What is kept of outputs: of the streams of one cell, of one output, of a notebook. undefined = everything. */
  readonly outputLimits: {
    readonly streamBytes: number | undefined;
    readonly outputBytes: number | undefined;
    readonly notebookBytes: number | undefined;
  };
  /** Absolute path of a results.json whose durations and memory are to be expected; undefined = the one in `outputDir`. */
  readonly earlierResults?: string | undefined;
  /** Absolute; nothing is written outside. */
  readonly outputDir: string;
  /** Path template below `outputDir`. */
  readonly outputPath: string;
  /** Rename an existing output to `…_backup.ipynb` first. */
  readonly backup: boolean;
  /** Environment variables that kernels may see although they look secret. */
  readonly passEnv: readonly string[];
  /** `fork`: kernels are forked from a process that has imported what they need, where that is possible. */
  readonly isolation: 'fork' | 'spawn';
  /** Modules that forked kernels share besides their own; auto = what the notebooks import, as far as it is known to be safe. */
  readonly preload: 'auto' | readonly string[];
  readonly python: PythonRequest;
  readonly publish: PublishRequest;
}

/** What becomes of the results on GitHub. */
export interface PublishRequest {
  readonly artifactName: string;
  /** undefined = as the repository is set. */
  readonly retentionDays: number | undefined;
  /** 0 to 9. */
  readonly compressionLevel: number;
  readonly upload: 'always' | 'on-failure' | 'never';
  /** Write the HTML report (on the command line too). */
  readonly report: boolean;
  readonly comment: 'auto' | 'always' | 'on-failure' | 'never';
  /** undefined = the workflow and its job. */
  readonly commentKey: string | undefined;
  /** Whether the comment is there from the start, and is written anew while the batch runs. */
  readonly commentLive: boolean;
  readonly summary: boolean;
  readonly annotations: boolean;
  /** What a failed upload or comment does to the exit status of a batch that passed. */
  readonly errors: 'warn' | 'fail';
  /** Names of variables whose values are hidden in everything written. */
  readonly redactEnv: readonly string[];
  /** undefined = none was given. */
  readonly githubToken: string | undefined;
}

export interface PythonRequest {
  /** Name or path of the interpreter; undefined = `python3` on PATH. */
  readonly interpreter: string | undefined;
  readonly install: 'auto' | 'never';
  /** Absolute paths of requirements files. */
  readonly requirements: readonly string[];
}

/** What is about the run and never reaches the notebook: the `run` object of an entry, with batch defaults applied. */
export interface RunSettings {
  /** Kernel name; undefined = the notebook's own. */
  readonly kernel: string | undefined;
  /** Directory in which the kernel starts, absolute. */
  readonly cwd: string;
  /** Variables added to the kernel's environment. */
  readonly env: ReadonlyMap<string, string>;
  /** Longest time one cell may take; undefined = no limit. */
  readonly cellTimeoutMs: number | undefined;
  /** Longest time the whole run may take, kernel start included; undefined = no limit. */
  readonly timeoutMs: number | undefined;
  /** Longest time the kernel may take to start. */
  readonly startTimeoutMs: number;
  /** Memory that the kernel's processes may take, each; undefined = no limit. */
  readonly memoryLimitBytes?: number | undefined;
  /** Extra attempts after a failed one. */
  readonly retries: number;
  /** Go on after a failing cell; the run still counts as failed. */
  readonly allowErrors: boolean;
  /** What `tag:x` selects by. */
  readonly tags: readonly string[];
  /** Imports that its kernel shares with others; auto = what its notebook imports. */
  readonly preload: 'auto' | readonly string[];
}

/** One notebook with one set of parameters: what a kernel will execute. */
export interface Run {
  /** Unique in the batch. */
  readonly name: string;
  /** As the configs file writes it, for people. */
  readonly notebook: string;
  /** Absolute. */
  readonly notebookPath: string;
  /** The label, made safe as one path segment. */
  readonly outputLabel: string;
  /** Absolute path of the executed notebook. */
  readonly outputPath: string;
  /** The variables the notebook receives: the entry's `parameters`, or the whole entry as `config`. */
  readonly parameters: Parameters;
  /** The names among `parameters` (or keys of `config`) that a sweep varies, in the order of the matrix. */
  readonly varies: readonly string[];
  /** Kernel name to start. */
  readonly kernelName: string;
  /** Source of the injected cell; undefined when there is nothing to inject. */
  readonly injectedSource: string | undefined;
  readonly settings: RunSettings;
}

/** A batch ready to be executed, in the order of the configs file. */
export interface Plan {
  readonly runs: readonly Run[];
  /** Things worth saying that stop nothing, for instance a label that had to be changed. */
  readonly warnings: readonly string[];
  /** Modules that forked kernels share; undefined = none. */
  readonly sharedImports?: readonly string[] | undefined;
  /** Characters of code, by the notebook's absolute path. */
  readonly sizes?: ReadonlyMap<string, number> | undefined;
}

/** How a run ended; exactly one of these. Their meaning is in docs/results.md. */
export type RunStatus =
  | 'passed'
  | 'failed'
  | 'timed-out'
  | 'kernel-died'
  | 'kernel-start-failed'
  | 'invalid-notebook'
  | 'infra-error'
  | 'cancelled'
  | 'skipped';

/** Whether the notebook holds everything its kernel said. */
export type OutputCompleteness =
  | { readonly kind: 'complete' }
  | { readonly kind: 'truncated' }
  | { readonly kind: 'lost'; readonly messages: number }
  | { readonly kind: 'unknown' };

/** Why a run did not pass, told so that its reader can act. */
export interface RunError {
  /** Exception name, for instance `ZeroDivisionError`; our own are `CellTimeoutError`, `KernelDied`, … */
  readonly ename: string;
  readonly evalue: string;
  /** Plain text, without ANSI colours. Empty when the kernel gave none. */
  readonly traceback: string;
  /** Position in the source notebook's `cells`, from 0; undefined when no cell is to blame. */
  readonly cellIndex: number | undefined;
  readonly executionCount: number | undefined;
  /** Where an annotation can point: the notebook as written in configs, and the line of the .ipynb, from 1. */
  readonly file: string;
  readonly line: number | undefined;
}

export interface RunResult {
  readonly run: Run;
  readonly status: RunStatus;
  readonly output: OutputCompleteness;
  /** Attempts made; 0 when the run was never started. */
  readonly attempts: number;
  /** Undefined when the run was never started. */
  readonly startedAt: Date | undefined;
  /** From the start of the last attempt to its end. */
  readonly durationMs: number;
  /** From the start of the batch to the start of the run. */
  readonly queueMs: number;
  readonly peakMemoryBytes: number | undefined;
  readonly cpuMs: number | undefined;
  /** Code cells that have source. */
  readonly cells: { readonly total: number; readonly executed: number };
  readonly error: RunError | undefined;
  readonly warnings: readonly string[];
}

export interface BatchResult {
  readonly startedAt: Date;
  readonly durationMs: number;
  /** In plan order. */
  readonly results: readonly RunResult[];
}

/** What happens while a batch runs, in order; views turn it into lines. Cells are counted from 1 among the code cells. */
export type BatchEvent =
  | { readonly kind: 'batch-started'; readonly total: number; readonly parallel: number }
  | { readonly kind: 'run-started'; readonly run: Run; readonly attempt: number }
  | { readonly kind: 'cell-started'; readonly run: Run; readonly cell: number; readonly of: number }
  | { readonly kind: 'run-finished'; readonly result: RunResult }
  | {
      readonly kind: 'notice';
      readonly run: Run | undefined;
      readonly level: 'info' | 'warning';
      readonly text: string;
    }
  | { readonly kind: 'batch-finished'; readonly batch: BatchResult };
