import type { BatchResult, Parameters, Run, RunError, RunResult, Value } from '../model.ts';
import type { Redact } from './redact.ts';

/**
 * The batch with the secrets in parameters, errors, names and warnings hidden: for results.json and every report. Paths
 * on disk stay as they are; an integer that is a secret becomes `***`.
 */
export function redactBatch(
  batch: BatchResult,
  redact: Redact,
): { readonly batch: BatchResult; readonly hits: number } {
  let hits = 0;
  const text: MapText = (original) => {
    const redacted = redact(original);
    hits += redacted.hits;
    return redacted.text;
  };
  const results = batch.results.map((result) => redactResult(result, text));
  return hits === 0 ? { batch, hits } : { batch: { ...batch, results }, hits };
}

type MapText = (text: string) => string;

function redactResult(result: RunResult, text: MapText): RunResult {
  return {
    ...result,
    run: redactRun(result.run, text),
    error: result.error === undefined ? undefined : redactError(result.error, text),
    warnings: result.warnings.map(text),
  };
}

function redactRun(run: Run, text: MapText): Run {
  return {
    ...run,
    name: text(run.name),
    parameters: redactParameters(run.parameters, text),
    injectedSource: run.injectedSource === undefined ? undefined : text(run.injectedSource),
  };
}

function redactError(error: RunError, text: MapText): RunError {
  return {
    ...error,
    ename: text(error.ename),
    evalue: text(error.evalue),
    traceback: text(error.traceback),
  };
}

function redactParameters(parameters: Parameters, text: MapText): Parameters {
  return new Map([...parameters].map(([name, value]) => [name, redactValue(value, text)]));
}

function redactValue(value: Value, text: MapText): Value {
  if (typeof value === 'string') return text(value);
  if (typeof value === 'bigint') {
    const written = value.toString();
    const redacted = text(written);
    return redacted === written ? value : redacted;
  }
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Map) return redactParameters(value as Parameters, text);
  return (value as readonly Value[]).map((item) => redactValue(item, text));
}
