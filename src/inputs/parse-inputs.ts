import { quoted } from './describe-value.ts';
import { suggestion } from './did-you-mean.ts';
import { INPUT_NAMES, inputDefinition } from './input-definitions.ts';
import type { INPUTS, InputDefinition, InputName } from './input-definitions.ts';
import type { RawInputs } from './raw-inputs.ts';
import { inputLabel } from './raw-inputs.ts';
import type { Report } from './shape.ts';

/** Input → its value; undefined when it is unset and has no default, or its mistake was reported. */
export type InputValues = {
  readonly [K in InputName]: (typeof INPUTS)[K] extends InputDefinition<infer T> ? T | undefined : never;
};

/** Checks every input; those that have no effect yet are refused when set. */
export function parseInputs(raw: RawInputs, report: Report): InputValues {
  return Object.fromEntries(INPUT_NAMES.map((name) => [name, parseInput(name, raw, report)])) as InputValues;
}

function parseInput(name: InputName, raw: RawInputs, report: Report): unknown {
  const definition = inputDefinition(name);
  const file = inputLabel(raw.face, name);
  const given = raw.values.get(name)?.trim() ?? '';
  const text = given === '' ? defaultText(definition, raw.face) : given;
  if (text === '') return undefined;
  if (definition.availability === 'not-yet') {
    report({ file, message: 'not available in this version, where it would have no effect. Remove it.' });
  }
  if (definition.availability === 'on-github' && raw.face === 'command-line' && given !== '') {
    report({ file, message: 'is about publishing in a workflow, and has no effect here. Remove it.' });
  }
  const parsed = definition.kind.parse(text);
  if (parsed.kind === 'value') return parsed.value;
  const meant = suggestion(text, definition.kind.placeholder.split('|'));
  report({
    file,
    message: `expected ${parsed.expected}, got ${quoted(text)}.${meant === '' ? ` ${parsed.cure}` : meant}`,
  });
  return undefined;
}

function defaultText(definition: InputDefinition<unknown>, face: RawInputs['face']): string {
  return (face === 'command-line' ? definition.commandLineDefault : undefined) ?? definition.default;
}
