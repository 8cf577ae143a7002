import type { Problem } from '../errors.ts';
import type { ConfigEntry, Parameters, Place } from '../model.ts';
import { backupPath, foldedPath } from './output-path.ts';
import { sameValue } from './same-value.ts';

/** What is known of where a run writes. */
export interface Destination {
  readonly name: string;
  readonly entry: ConfigEntry;
  readonly combination: Parameters;
  /** The placeholders of its label. */
  readonly labelUses: ReadonlySet<string>;
  /** The label as a path segment. */
  readonly outputLabel: string;
  /** Absolute. */
  readonly outputPath: string;
}

export interface CollisionRequest {
  readonly destinations: readonly Destination[];
  /** Whether the earlier result of a run is kept in its `_backup.ipynb`. */
  readonly backup: boolean;
  /** The template of the paths, as written. */
  readonly template: string;
  /** A path as people read it. */
  readonly shown: (absolutePath: string) => string;
}

/** The place of the path template. */
export const OUTPUT_PATH_INPUT: Place = { file: 'input output-path' };

/** Runs that would write one file, or over another's backup: one problem for each pair of entries. */
export function findCollisions(request: CollisionRequest): Problem[] {
  const groups = Map.groupBy(request.destinations, ({ outputPath }) => foldedPath(outputPath));
  const problems = new Map<string, Problem>();
  for (const group of groups.values()) {
    const [first, ...others] = group;
    if (first === undefined) continue;
    for (const other of others) {
      // Runs of one name are told already.
      if (other.name === first.name) continue;
      const pair = pairOf(first, other);
      if (!problems.has(pair)) problems.set(pair, sameFile({ first, other, groups, request }));
    }
  }
  if (request.backup) {
    for (const kept of request.destinations) {
      const over = groups.get(foldedPath(backupPath(kept.outputPath)))?.[0];
      if (over !== undefined) problems.set(`backup ${pairOf(kept, over)}`, overBackup(kept, over, request));
    }
  }
  return [...problems.values()];
}

/** Entries have no number; their places differ. */
function pairOf(a: Destination, b: Destination): string {
  return JSON.stringify([a.entry.name, a.entry.at(''), b.entry.name, b.entry.at('')]);
}

interface Collision {
  readonly first: Destination;
  readonly other: Destination;
  readonly groups: ReadonlyMap<string, readonly Destination[]>;
  readonly request: CollisionRequest;
}

function sameFile({ first, other, groups, request }: Collision): Problem {
  const file = request.shown(other.outputPath);
  const clash = `Runs "${first.name}" and "${other.name}" would both write ${file}.`;
  if (!sameLabel(first, other)) {
    const cure = request.template.includes('{output_label}')
      ? 'Give one of them another "output_label".'
      : 'Add {output_label} to the path.';
    return { ...OUTPUT_PATH_INPUT, message: `${clash} ${cure}` };
  }
  if (first.entry !== other.entry) {
    const elsewhere = ` The other one is at ${placeText(first.entry.at('/output_label'))}.`;
    return {
      ...other.entry.at('/output_label'),
      message: `${clash} Give one of them another "output_label".${elsewhere}`,
    };
  }
  return { ...other.entry.at('/output_label'), message: `${clash} ${cureForSweep(first, groups)}` };
}

function sameLabel(a: Destination, b: Destination): boolean {
  return foldedPath(a.outputLabel) === foldedPath(b.outputLabel);
}

function cureForSweep({ entry, labelUses }: Destination, groups: Collision['groups']): string {
  const colliding = [...groups.values()].map((group) => group.filter((each) => each.entry === entry));
  const names = new Set(colliding.flatMap(differingNames));
  const missing = [...names].filter((name) => !labelUses.has(name));
  if (missing.length === 0) {
    return 'Their labels differ at most by upper and lower case. Write the values, or an "output_label", so that they differ more.';
  }
  const added = missing.map((name) => `{${name}}`);
  const label = [entry.outputLabel ?? entry.name, ...added].join('_');
  return `Add ${added.join(' and ')} to its "output_label", for instance "${label}".`;
}

/** The parameters in which runs with one file differ. */
function differingNames(group: readonly Destination[]): string[] {
  const [first, ...others] = group;
  if (first === undefined) return [];
  const names = new Set(group.flatMap(({ combination }) => [...combination.keys()]));
  return [...names].filter((name) =>
    others.some((other) => {
      const [a, b] = [first.combination.get(name), other.combination.get(name)];
      return a === undefined || b === undefined ? a !== b : !sameValue(a, b);
    }),
  );
}

function overBackup(kept: Destination, over: Destination, { shown }: CollisionRequest): Problem {
  const message = `Run "${over.name}" would write ${shown(over.outputPath)}, where the earlier result of "${kept.name}" is kept. Give it another "output_label".`;
  return { ...over.entry.at('/output_label'), message };
}

export function placeText({ file, line, column }: Place): string {
  return [file, line, column].filter((part) => part !== undefined).join(':');
}
