import type { Parameters, Value } from '../model.ts';
import { valueJson } from '../notebook/value-json.ts';
import { codeInTable, codeSpan } from './inert-markdown.ts';

/**
 * The variables of a run by name; of the 2019 form, which has the one variable `config`, what is in it, without what
 * the table says anyway.
 */
export function shownParameters(parameters: Parameters): Parameters {
  const config = parameters.get('config');
  if (parameters.size !== 1 || !(config instanceof Map)) return parameters;
  const inside = new Map(config as Parameters);
  inside.delete('notebook');
  inside.delete('output_label');
  return inside;
}

/** A value as people write it: a text bare, everything else as JSON. */
export function valueText(value: Value): string {
  return typeof value === 'string' ? value : valueJson(value);
}

/** A value's text when it is a number that needs no protection: few digits in a row, so that it is no commit either. */
export function plainNumber(value: Value): string | undefined {
  if (typeof value !== 'number' && typeof value !== 'bigint') return undefined;
  const text = valueJson(value);
  return /^-?\d{1,6}(?:\.\d{1,6})?$/.test(text) ? text : undefined;
}

export interface ParametersTextOptions {
  /** Further ones are counted. */
  readonly max: number;
}

/** `alpha = 0.1`, `data_url = data/bank.csv` as code, in a paragraph; nothing for none. */
export function parametersText(parameters: Parameters, options: ParametersTextOptions): string {
  return assignments(parameters, options, codeSpan);
}

/** The same in a cell of a table. */
export function parametersInTable(parameters: Parameters, options: ParametersTextOptions): string {
  return assignments(parameters, options, codeInTable);
}

function assignments(
  parameters: Parameters,
  { max }: ParametersTextOptions,
  code: (text: string, columns: number) => string,
): string {
  const shown = [...shownParameters(parameters)];
  const texts = shown.slice(0, max).map(([name, value]) => code(`${name} = ${valueText(value)}`, 60));
  const more = shown.length - texts.length;
  return texts.join(' ') + (more > 0 ? ` and ${more} more` : '');
}
