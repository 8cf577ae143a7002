import { isJsonObject } from '../notebook/json-shape.ts';
import type { Json, JsonObject } from '../notebook/types.ts';

/**
 * Parameters as people compare them: name and text. The one variable `config` of the 2019 form is opened, without what
 * only says where the run comes from and goes to. Numbers keep what results.json wrote (`1.0`).
 */
export function parameterTexts(parameters: JsonObject): (readonly [string, string])[] {
  const { config } = parameters;
  const opened = Object.keys(parameters).length === 1 && isJsonObject(config);
  return Object.entries(opened ? config : parameters)
    .filter(([name]) => !opened || !ABOUT_THE_RUN.includes(name))
    .map(([name, value]) => [name, valueText(value)]);
}

const ABOUT_THE_RUN = ['notebook', 'output_label'];

function valueText(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
