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

export interface ReadEntry {
  /** Without what is wrong with it, and then without its matrix and its label, which may depend on that. */
  readonly entry: ConfigEntry;
  readonly sound: boolean;
}

/** The entry with `defaults` under it, its mistakes reported; undefined when it does not say which notebook it means. */
export function readEntry(
  entry: NamedObject,
  defaults: LocatedObject | undefined,
  report: Report,
): ReadEntry | undefined {
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
  const notebook = values.notebook ?? (misspelt?.value.kind === 'string' ? misspelt.value.value : undefined);
  if (notebook === undefined) return undefined;
  const sound = problems.length === 0;
  const named: ConfigEntry = {
    name: entry.name,
    notebook,
    outputLabel: sound ? values.output_label : undefined,
    form,
    parameters: values.parameters ?? (form === 'config' ? configOf(object) : new Map()),
    matrix: sound ? values.matrix : undefined,
    settings: values.run ?? { ...NO_SETTINGS, kernel: kernelOf(object) },
    at: (pointer) =>
      placeIn(object, pointer) ??
      (pointer === '/notebook' ? misspelt?.value.place : undefined) ??
      entry.place,
  };
  return { entry: named, sound };
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

/** The kernel that an entry asks for, whatever else is wrong with its `run`: the language of its notebook follows from it. */
function kernelOf(object: LocatedObject): string | undefined {
  const run = childOf(object, 'run');
  const kernel = run?.kind === 'object' ? childOf(run, 'kernel') : undefined;
  return kernel?.kind === 'string' ? kernel.value : undefined;
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
