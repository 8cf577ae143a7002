import { isJsonMime } from '../../src/notebook/mime-types.ts';
import { isRawNumber } from '../../src/notebook/raw-number.ts';
import type { Notebook } from '../../src/notebook/types.ts';

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === 'string';
const isObject: Check = (value) =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !isRawNumber(value);
const isCount: Check = (value) => value === null || (Number.isInteger(value) && (value as number) >= 0);
const isBundle: Check = (value) =>
  isObject(value) &&
  Object.entries(value as object).every(([mime, content]) => isJsonMime(mime) || isText(content));
const isListOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);

const OUTPUTS: Record<string, Record<string, Check>> = {
  stream: { name: isText, text: isText },
  display_data: { data: isBundle, metadata: isObject },
  execute_result: { data: isBundle, metadata: isObject, execution_count: isCount },
  error: { ename: isText, evalue: isText, traceback: isListOf(isText) },
};

/** What nbformat's schema of 4.5 would not have in the code cells of an executed notebook, in our own words. */
export function notebookProblems(notebook: Notebook): string[] {
  return notebook.cells.flatMap((cell, index) => [
    ...(isCount(cell.execution_count)
      ? []
      : [`cell ${index}: execution_count ${String(cell.execution_count)}`]),
    ...Object.values((cell.metadata['execution'] ?? {}) as object)
      .filter((time) => !isText(time))
      .map((time) => `cell ${index}: time ${JSON.stringify(time)}`),
    ...(cell.outputs ?? []).flatMap((output) => {
      const { output_type: type, ...rest } = output as unknown as Record<string, unknown>;
      const checks = OUTPUTS[String(type)];
      if (!checks) return [`cell ${index}: output_type ${String(type)}`];
      const unknown = Object.keys(rest).filter((key) => !Object.hasOwn(checks, key));
      const wrong = Object.keys(checks).filter((key) => !checks[key]?.(rest[key]));
      return [...unknown, ...wrong].map((key) => `cell ${index}: ${String(type)}.${key}`);
    }),
  ]);
}
