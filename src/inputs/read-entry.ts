import type { ConfigEntry, EntrySettings, Place } from '../model.ts';
import type { Problem } from '../errors.ts';
import { quoted } from './describe-value.ts';
import { didYouMean } from './did-you-mean.ts';
import { ENTRY_KEYS } from './entry-keys.ts';
import { resolvePointer } from './json-pointer.ts';
import type { LocatedEntry, LocatedObject } from './located-node.ts';
import { childOf, valueOf } from './located-node.ts';
import { mergeDefaults } from './merge-defaults.ts';
import type { Report } from './shape.ts';
import { readKeys } from './shape.ts';
import { unknownKey } from './unknown-key.ts';

/** An entry as it stands in the file, before anything but its name was looked at. */
export interface NamedObject {
  readonly name: string;
  /** Where the entry starts: its name, or in a list the object. */
  readonly place: Place;
  readonly object: LocatedObject;
  /** Whether `name` is a key of the object, as in a list. */
  readonly listed: boolean;
}

/** The entry with `defaults` under it; undefined when it has mistakes, all of which are reported. */
export function readEntry(
  entry: NamedObject,
  defaults: LocatedObject | undefined,
  report: Report,
): ConfigEntry | undefined {
  const problems: Problem[] = [];
  const known = [...(entry.listed ? ['name'] : []), ...Object.keys(ENTRY_KEYS)];
  const object = mergeDefaults(entry.object, defaults, known);
  const form = childOf(object, 'parameters') === undefined ? 'config' : 'parameters';
  const values = readKeys(object, ENTRY_KEYS, (problem) => problems.push(problem));

  const misspelt = childOf(object, 'notebook') === undefined ? misspeltNotebook(object) : undefined;
  if (misspelt !== undefined) problems.push(unknownKey(misspelt, ['notebook']));
  else if (childOf(object, 'notebook') === undefined) problems.push({ ...entry.place, message: NO_NOTEBOOK });
  if (form === 'parameters') {
    const strangers = object.entries.filter((each) => !known.includes(each.key) && each !== misspelt);
    const advice = 'A variable goes into "parameters". ';
    problems.push(...strangers.map((stranger) => unknownKey(stranger, known, advice)));
  }

  problems.forEach(report);
  if (problems.length > 0 || values.notebook === undefined) return undefined;
  return {
    name: entry.name,
    notebook: values.notebook,
    outputLabel: values.output_label,
    form,
    parameters: values.parameters ?? configOf(object),
    matrix: values.matrix,
    settings: values.run ?? NO_SETTINGS,
    at: (pointer) => placeIn(object, pointer) ?? entry.place,
  };
}

const NO_NOTEBOOK = `${quoted('notebook')} is missing. Add the path of the notebook to execute.`;

const NO_SETTINGS: EntrySettings = {
  kernel: undefined,
  cwd: undefined,
  env: new Map(),
  cellTimeoutMs: undefined,
  timeoutMs: undefined,
  startTimeoutMs: undefined,
  retries: undefined,
  allowErrors: undefined,
  tags: [],
};

function misspeltNotebook(object: LocatedObject): LocatedEntry | undefined {
  return object.entries.find(
    ({ key }) => !Object.hasOwn(ENTRY_KEYS, key) && didYouMean(key, ['notebook']) !== undefined,
  );
}

/** What the notebook receives as `config`: everything but what is about the run. */
function configOf(object: LocatedObject): ConfigEntry['parameters'] {
  const told = object.entries.filter(({ key }) => key !== 'run' && key !== 'matrix');
  return new Map(told.map(({ key, value }) => [key, valueOf(value)]));
}

/** In the `config` form a parameter stands directly in the entry; both ways of asking find it. */
function placeIn(object: LocatedObject, pointer: string): Place | undefined {
  if (pointer === '') return undefined;
  const found = resolvePointer(object, pointer);
  return (found ?? resolvePointer(object, pointer.replace(/^\/parameters(?=\/)/, '')))?.place;
}
