import { type Problem, UserError } from '../errors.ts';
import type { RunStatus } from '../model.ts';
import { isJsonObject } from '../notebook/json-shape.ts';
import { JsonSyntaxError, parseJson } from '../notebook/json.ts';
import type { Json, JsonObject } from '../notebook/types.ts';
import type { ReportData, ReportError, ReportRun } from './html-data.ts';
import { parameterTexts } from './html-parameters.ts';
import { STATUS_WORDS } from './status-words.ts';

/** A run of results.json, its parameters as texts; what the report adds to it comes later. */
export type ReadRun = Omit<ReportRun, 'page' | 'stored' | 'thumbnail' | 'spans'>;

/** results.json as the report uses it. */
export interface ReadResults extends Pick<ReportData, 'startedAt' | 'durationMs' | 'commit'> {
  readonly runs: readonly ReadRun[];
}

/** Reads version 1 of results.json. Throws UserError with every mistake when the text is something else. */
export function readResults(text: string, file: string): ReadResults {
  const problems: Problem[] = [];
  const document = parse(text, file);
  const reader = new Reader(problems, file);
  if (document['version'] !== 1) {
    reader.complain(
      '/version',
      'expected 1: this is not the results.json of a batch, or of a newer version.',
    );
  }
  const results: ReadResults = {
    startedAt: reader.time(document, '/startedAt'),
    durationMs: reader.count(document, '/durationMs'),
    commit: reader.maybeText(document, '/commit'),
    runs: reader.list(document, '/runs').map((run, index) => readRun(run, `/runs/${index}`, reader)),
  };
  if (problems.length > 0) throw new UserError(`${file} is not a results.json.`, { problems });
  return results;
}

/** Several batches as one, for instance the shards of a job matrix: their runs in the order given. */
export function mergeResults(all: readonly ReadResults[]): ReadResults {
  const [first, ...others] = all;
  if (first === undefined) throw new UserError('Name at least one results.json.');
  if (others.length === 0) return first;
  const starts = all.map(({ startedAt }) => Date.parse(startedAt));
  const start = Math.min(...starts);
  const end = Math.max(...all.map(({ durationMs }, index) => (starts[index] ?? 0) + durationMs));
  const commits = new Set(all.map(({ commit }) => commit));
  return {
    startedAt: new Date(start).toISOString(),
    durationMs: end - start,
    commit: commits.size === 1 ? first.commit : null,
    runs: all.flatMap(({ runs }) => runs),
  };
}

function parse(text: string, file: string): JsonObject {
  try {
    const document = parseJson(text);
    if (isJsonObject(document)) return document;
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    const problem = { file, ...error.place, message: `is not JSON: ${error.message}.` };
    throw new UserError(`${file} is not JSON.`, { cause: error, problems: [problem] });
  }
  throw new UserError(`${file} is not a results.json: expected an object.`);
}

function readRun(run: Json, at: string, reader: Reader): ReadRun {
  const object = reader.object(run, at);
  const cells = reader.object(object['cells'], `${at}/cells`);
  const output = reader.object(object['output'], `${at}/output`);
  const error = object['error'];
  const messages = output['messages'];
  return {
    name: reader.text(object, `${at}/name`),
    notebook: reader.text(object, `${at}/notebook`),
    outputLabel: reader.text(object, `${at}/outputLabel`),
    outputPath: reader.text(object, `${at}/outputPath`),
    kernel: reader.text(object, `${at}/kernel`),
    status: reader.status(object, `${at}/status`),
    output: {
      kind: reader.text(output, `${at}/output/kind`),
      ...(typeof messages === 'number' ? { messages } : {}),
    },
    attempts: reader.count(object, `${at}/attempts`),
    startedAt: reader.maybeText(object, `${at}/startedAt`),
    durationMs: reader.count(object, `${at}/durationMs`),
    queueMs: reader.count(object, `${at}/queueMs`),
    peakMemoryBytes: reader.maybeCount(object, `${at}/peakMemoryBytes`),
    cpuMs: reader.maybeCount(object, `${at}/cpuMs`),
    cells: {
      total: reader.count(cells, `${at}/cells/total`),
      executed: reader.count(cells, `${at}/cells/executed`),
    },
    error: error === null || error === undefined ? null : readError(error, `${at}/error`, reader),
    parameters: parameterTexts(reader.object(object['parameters'], `${at}/parameters`)),
  };
}

function readError(error: Json, at: string, reader: Reader): ReportError {
  const object = reader.object(error, at);
  return {
    ename: reader.text(object, `${at}/ename`),
    evalue: reader.text(object, `${at}/evalue`),
    traceback: reader.text(object, `${at}/traceback`),
    cellIndex: reader.maybeCount(object, `${at}/cellIndex`),
    executionCount: reader.maybeCount(object, `${at}/executionCount`),
    file: reader.text(object, `${at}/file`),
    line: reader.maybeCount(object, `${at}/line`),
  };
}

/** Takes members out of JSON objects by the JSON pointer that ends in their key, and collects what is wrong. */
class Reader {
  readonly #problems: Problem[];
  readonly #file: string;

  constructor(problems: Problem[], file: string) {
    this.#problems = problems;
    this.#file = file;
  }

  complain(pointer: string, message: string): void {
    this.#problems.push({ file: this.#file, pointer, message });
  }

  object(value: Json | undefined, pointer: string): JsonObject {
    if (isJsonObject(value)) return value;
    this.complain(pointer, 'expected an object.');
    return {};
  }

  list(object: JsonObject, pointer: string): readonly Json[] {
    const value = object[key(pointer)];
    if (Array.isArray(value)) return value;
    this.complain(pointer, 'expected a list.');
    return [];
  }

  text(object: JsonObject, pointer: string): string {
    const value = object[key(pointer)];
    if (typeof value === 'string') return value;
    this.complain(pointer, 'expected a text.');
    return '';
  }

  maybeText(object: JsonObject, pointer: string): string | null {
    return (object[key(pointer)] ?? null) === null ? null : this.text(object, pointer);
  }

  count(object: JsonObject, pointer: string): number {
    const value = object[key(pointer)];
    if (typeof value === 'number' && value >= 0) return value;
    this.complain(pointer, 'expected a number, 0 or more.');
    return 0;
  }

  maybeCount(object: JsonObject, pointer: string): number | null {
    return (object[key(pointer)] ?? null) === null ? null : this.count(object, pointer);
  }

  time(object: JsonObject, pointer: string): string {
    const value = this.text(object, pointer);
    if (Number.isNaN(Date.parse(value))) this.complain(pointer, `"${value}" is not a time.`);
    return value;
  }

  status(object: JsonObject, pointer: string): RunStatus {
    const value = this.text(object, pointer);
    if (isStatus(value)) return value;
    this.complain(pointer, `"${value}" is not a status that this version knows.`);
    return 'infra-error';
  }
}

function key(pointer: string): string {
  return pointer.slice(pointer.lastIndexOf('/') + 1);
}

function isStatus(text: string): text is RunStatus {
  return Object.hasOwn(STATUS_WORDS, text);
}
