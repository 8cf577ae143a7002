import type { Problem } from '../errors.ts';
import type { ConfigEntry, Place } from '../model.ts';
import { describeValue, quoted } from './describe-value.ts';
import { didYouMean } from './did-you-mean.ts';
import { ENTRY_KEYS } from './entry-keys.ts';
import { inFileOrder } from './in-file-order.ts';
import { childPointer } from './json-pointer.ts';
import type { LocatedArray, LocatedEntry, LocatedNode, LocatedObject } from './located-node.ts';
import { childOf } from './located-node.ts';
import { readDocument } from './read-document.ts';
import type { NamedObject, ReadEntry } from './read-entry.ts';
import { readEntry } from './read-entry.ts';
import type { Report } from './shape.ts';
import { mistake, readKeys } from './shape.ts';
import { unknownKey } from './unknown-key.ts';

export interface ParsedConfigs {
  /** Those without a mistake, in file order. */
  readonly entries: readonly ConfigEntry[];
  /** Those with mistakes, as far as they can be read. */
  readonly unsound: readonly ConfigEntry[];
  /** In file order. */
  readonly problems: readonly Problem[];
}

export const MINIMAL_CONFIGS = '{"explore": {"notebook": "notebooks/explore.ipynb"}}';

/** Reads the text of a configs file; the extension of `file`, or the text's beginning, tells JSON from YAML. */
export function parseConfigs(text: string, file: string): ParsedConfigs {
  const { root, problems: unreadable } = readDocument(text, file);
  const problems = [...unreadable];
  const report: Report = (problem) => problems.push(problem);
  if (root === undefined && problems.length === 0) report({ file, message: `the text is empty. ${MINIMAL}` });
  const entries = root === undefined ? [] : readRoot(root, report);
  const [sound, unsound] = [true, false].map((is) => entries.filter((each) => each.sound === is));
  return { entries: entriesOf(sound), unsound: entriesOf(unsound), problems: inFileOrder(problems) };
}

function entriesOf(read: readonly ReadEntry[] = []): ConfigEntry[] {
  return read.map(({ entry }) => entry);
}

const MINIMAL = `The smallest is ${MINIMAL_CONFIGS}`;

function readRoot(root: LocatedNode, report: Report): readonly ReadEntry[] {
  if (root.kind !== 'object' && root.kind !== 'array') {
    report(mistake(root, 'an object of name and entry', MINIMAL));
    return [];
  }
  const defaults = root.kind === 'object' ? readDefaults(root, report) : undefined;
  const named = root.kind === 'object' ? namedEntries(root, report) : listedEntries(root, report);
  const present = root.kind === 'object' ? root.entries.some(isEntry) : root.items.length > 0;
  if (!present) report({ ...root.place, message: `has no entries. ${MINIMAL}` });
  if (defaults !== undefined) reportStrayDefaults(defaults, named, report);
  const entries = named.flatMap((entry) => readEntry(entry, defaults, report) ?? []);
  // A repeated name has been reported; what is planned then must not report it again.
  return [...new Map(entries.toReversed().map((read) => [read.entry.name, read])).values()].toReversed();
}

function isEntry({ key }: LocatedEntry): boolean {
  return key !== '$schema' && key !== 'defaults';
}

/** The defaults, checked by themselves too: an entry that replaces a value would hide the mistake in it. */
function readDefaults(root: LocatedObject, report: Report): LocatedObject | undefined {
  const defaults = childOf(root, 'defaults');
  if (defaults === undefined) return undefined;
  if (defaults.kind !== 'object') {
    report(
      mistake(
        defaults,
        'an object of what every entry has',
        'Write for instance {"run": {"cell_timeout": 600}}.',
      ),
    );
    return undefined;
  }
  readKeys(defaults, ENTRY_KEYS, report);
  return defaults;
}

/** Other keys in the defaults are data for entries of the 2019 form; where there is none, they have no effect. */
function reportStrayDefaults(defaults: LocatedObject, named: readonly NamedObject[], report: Report): void {
  const withParameters = (object: LocatedObject) => childOf(object, 'parameters') !== undefined;
  if (!withParameters(defaults) && !named.every(({ object }) => withParameters(object))) return;
  const known = Object.keys(ENTRY_KEYS);
  for (const entry of defaults.entries) {
    if (!known.includes(entry.key)) report(unknownKey(entry, known, 'A variable goes into "parameters". '));
  }
}

function namedEntries(root: LocatedObject, report: Report): readonly NamedObject[] {
  return root.entries.filter(isEntry).flatMap(({ key: name, keyPlace: place, value }) => {
    if (name.trim() === '') report({ ...place, message: 'an entry has no name. Write one.' });
    if (value.kind === 'object') return reportReserved({ name, place, object: value, listed: false }, report);
    const cure = didYouMean(name, ['defaults', '$schema']);
    report(mistake(value, 'an entry', cure === undefined ? ENTRY : `Did you mean ${quoted(cure)}?`));
    return [];
  });
}

const ENTRY = 'Write for instance {"notebook": "notebooks/explore.ipynb"}.';

/** A misspelt `defaults` looks like an entry without a notebook. */
function reportReserved(entry: NamedObject, report: Report): readonly NamedObject[] {
  const meant =
    childOf(entry.object, 'notebook') === undefined ? didYouMean(entry.name, ['defaults']) : undefined;
  if (meant === undefined) return [entry];
  const message = `${quoted(entry.name)} is no entry, for it has no "notebook". Did you mean "defaults"?`;
  report({ ...entry.place, message });
  return [];
}

function listedEntries(root: LocatedArray, report: Report): readonly NamedObject[] {
  const firstPlaces = new Map<string, Place>();
  return root.items.flatMap((object, index) => {
    if (object.kind !== 'object') {
      report(
        mistake(object, 'an entry', 'Write for instance {"name": "explore", "notebook": "explore.ipynb"}.'),
      );
      return [];
    }
    const name = readName(object, report);
    const earlier = firstPlaces.get(name);
    const place = childOf(object, 'name')?.place ?? object.place;
    if (earlier === undefined) firstPlaces.set(name, place);
    else if (name !== '') report(repeatedName(name, place, earlier));
    return [
      { name: name === '' ? childPointer('', index) : name, place: object.place, object, listed: true },
    ];
  });
}

function readName(object: LocatedObject, report: Report): string {
  const name = childOf(object, 'name');
  if (name?.kind === 'string' && name.value.trim() !== '') return name.value;
  if (name === undefined) report({ ...object.place, message: '"name" is missing. Add a name for the run.' });
  else
    report(
      mistake(
        name,
        'a name',
        `Write it in quotes${name.kind === 'int' ? `: "${describeValue(name)}"` : ''}.`,
      ),
    );
  return '';
}

/** Also for names that meet only when several files are read together. */
export function repeatedName(name: string, place: Place, earlier: Place): Problem {
  const file = earlier.file === place.file ? '' : `${earlier.file}:`;
  const where = `${file}${earlier.line ?? '?'}:${earlier.column ?? '?'}`;
  return { ...place, message: `the name ${quoted(name)} is already at ${where}. Names must differ.` };
}
