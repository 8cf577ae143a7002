import type { BatchResult, OutputCompleteness, RunError, RunResult, RunStatus, Value } from '../model.ts';
import { type JsonReader, JsonRefusal, readJsonText } from './json-reader.ts';

export type ParsedResults =
  | { readonly kind: 'results'; readonly batch: BatchResult; readonly commit: string | undefined }
  | { readonly kind: 'invalid'; readonly reason: string };

export interface ParseOptions {
  /** Absolute path of an executed notebook from the one in the file, which a stranger may have written. */
  readonly pathOf: (outputPath: string) => string;
}

/** What no batch of ours has; a stranger's file may. */
const MOST_RUNS = 10_000;

const STATUSES: readonly RunStatus[] = [
  'passed',
  'failed',
  'timed-out',
  'kernel-died',
  'kernel-start-failed',
  'invalid-notebook',
  'infra-error',
  'cancelled',
  'skipped',
];

/**
 * Reads a results.json of version 1 into what it was written from, as far as reports need it. Every value is checked:
 * the file may come from a fork. What is not in the file is empty.
 */
export function parseResults(text: string, options: ParseOptions): ParsedResults {
  try {
    const root = readJsonText(text);
    if (root.get('version').integer() !== 1) root.get('version').refuse('1');
    const results = root.get('runs').list(MOST_RUNS, (run) => runResult(run, options));
    const batch = {
      startedAt: root.get('startedAt').date(),
      durationMs: root.get('durationMs').integer(),
      results: withVarying(results),
    };
    return { kind: 'results', batch, commit: root.get('commit').orNull((commit) => commit.text()) };
  } catch (error) {
    if (error instanceof JsonRefusal) return { kind: 'invalid', reason: error.message };
    throw error;
  }
}

function runResult(run: JsonReader, { pathOf }: ParseOptions): RunResult {
  const cells = run.get('cells');
  return {
    run: {
      name: run.get('name').text(),
      notebook: run.get('notebook').text(),
      notebookPath: '',
      outputLabel: run.get('outputLabel').text(),
      outputPath: pathOf(run.get('outputPath').text()),
      parameters: run.get('parameters').map((value) => value.value()),
      varies: [],
      kernelName: run.get('kernel').text(),
      injectedSource: undefined,
      settings: NO_SETTINGS,
    },
    status: run.get('status').oneOf(STATUSES),
    output: completeness(run.get('output')),
    attempts: run.get('attempts').integer(),
    startedAt: run.get('startedAt').orNull((date) => date.date()),
    durationMs: run.get('durationMs').integer(),
    queueMs: run.get('queueMs').integer(),
    peakMemoryBytes: run.get('peakMemoryBytes').orNull((bytes) => bytes.integer()),
    cpuMs: run.get('cpuMs').orNull((ms) => ms.integer()),
    cells: { total: cells.get('total').integer(), executed: cells.get('executed').integer() },
    error: run.get('error').orNull(runError),
    warnings: [],
  };
}

function completeness(output: JsonReader): OutputCompleteness {
  const kind = output.get('kind').oneOf(['complete', 'truncated', 'lost', 'unknown']);
  return kind === 'lost' ? { kind, messages: output.get('messages').integer() } : { kind };
}

function runError(error: JsonReader): RunError {
  return {
    ename: error.get('ename').text(),
    evalue: error.get('evalue').text(),
    traceback: error.get('traceback').text(),
    cellIndex: error.get('cellIndex').orNull((index) => index.integer()),
    executionCount: error.get('executionCount').orNull((count) => count.integer()),
    file: error.get('file').text(),
    line: error.get('line').orNull((line) => line.integer()),
  };
}

const NO_SETTINGS: RunResult['run']['settings'] = {
  kernel: undefined,
  cwd: '',
  env: new Map(),
  cellTimeoutMs: undefined,
  timeoutMs: undefined,
  startTimeoutMs: 0,
  retries: 0,
  allowErrors: false,
  tags: [],
  preload: 'auto',
};

/** The runs of a sweep are named alike, with their values in brackets; what differs among them is what it varies. */
function withVarying(results: readonly RunResult[]): readonly RunResult[] {
  const sweepOf = ({ run }: RunResult): string | undefined => /^(.*) \(.*\)$/s.exec(run.name)?.[1];
  const sweeps = Map.groupBy(results, sweepOf);
  const varying = new Map([...sweeps].map(([name, members]) => [name, differingNames(members)] as const));
  return results.map((result) => {
    const sweep = sweepOf(result);
    const varies = sweep === undefined ? [] : (varying.get(sweep) ?? []);
    return { ...result, run: { ...result.run, varies } };
  });
}

function differingNames(results: readonly RunResult[]): readonly string[] {
  const own = results.map(({ run: { parameters } }) => {
    const config = parameters.size === 1 ? parameters.get('config') : undefined;
    return config instanceof Map ? (config as ReadonlyMap<string, Value>) : parameters;
  });
  const names = new Set(own.flatMap((parameters) => [...parameters.keys()]));
  return [...names].filter((name) => new Set(own.map((each) => comparable(each.get(name)))).size > 1);
}

function comparable(value: Value | undefined): string {
  return JSON.stringify(value, (_, part: unknown) => {
    if (typeof part === 'bigint') return `${part}n`;
    return part instanceof Map ? [...part] : part;
  });
}
