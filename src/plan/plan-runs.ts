import path from 'node:path';
import { type Problem, UserError } from '../errors.ts';
import type { ConfigEntry, Parameters, Plan, Request, Run } from '../model.ts';
import type { Notebook } from '../notebook/types.ts';
import { sharedImports } from './common-imports.ts';
import { type Destination, findCollisions, OUTPUT_PATH_INPUT, placeText } from './find-collisions.ts';
import { usableOverrides, valuesOf, variedOwnKeys } from './lay-over.ts';
import { type NamedRun, nameRuns } from './name-runs.ts';
import { outputFolderProblems } from './output-folder-problems.ts';
import { type OutputLabel, outputLabel } from './output-label.ts';
import { outputPath } from './output-path.ts';
import { overwrittenSources } from './overwritten-sources.ts';
import type { NotebookSource } from './ports.ts';
import { type ReadNotebook, readNotebooks } from './read-notebooks.ts';
import { relativePath } from './relative-path.ts';
import { cwdProblems, runSettings } from './run-settings.ts';
import { runVariables, type Warning } from './run-variables.ts';
import { selectRuns } from './select-runs.ts';

/**
 * What will run, in the order of the request: its sweeps expanded, the selected runs with their notebooks read,
 * their values as source text, and their paths. Throws one UserError with every mistake there is.
 */
export async function planRuns(request: Request, source: NotebookSource): Promise<Plan> {
  const { overrides, problems: unusable } = usableOverrides(request.parameters);
  const named = nameRuns(request.entries, overrides);
  const { selected, problems: unmatched } = selectRuns(named, request.select);
  // A sweep that could not be expanded has no names, which may be why a term matches nothing.
  const unexpanded = (unmatched.length > 0 ? named : selected).flatMap((run) => run.problems);
  const runs = selected.filter((run) => run.problems.length === 0);
  const entries = [...new Set(runs.map(({ entry }) => entry)), ...request.unsound];

  const { workingDirectory } = request;
  const { notebooks, problems: unread } = await readNotebooks({ entries, workingDirectory, source });
  const planned = runs.map((run) => planRun(run, { request, overrides, notebooks }));
  const unsound = nameRuns(request.unsound, new Map());
  const destinations = planned.flatMap(({ destination }) => destination ?? []);
  refuse(
    request.mistakes,
    unusable,
    // Entries with mistakes are missing here: a term that matches nothing may well mean one of them.
    request.mistakes.length > 0 ? [] : unmatched,
    unexpanded,
    sameNames(runs),
    entries.flatMap((entry) => [...variedOwnKeys(entry, overrides)]),
    unread,
    await cwdProblems(entries, { workingDirectory, source }),
    planned.flatMap(({ problems }) => problems),
    unsound.flatMap((run) => planRun(run, { request, overrides, notebooks }).problems),
    findCollisions({ destinations, ...request, template: request.outputPath, shown: shownFrom(request) }),
    await overwrittenSources({ destinations, request, notebooks, source }),
    await outputFolderProblems(request, source),
  );
  const planable = planned.flatMap(({ run }) => run ?? []);
  const imports = sharedImports(planable, notebooks);
  return {
    runs: planable,
    // Of the runs of a sweep, one speaks for all.
    warnings: [...labelWarnings(planned), ...new Map(planned.flatMap((each) => each.warnings)).values()],
    sharedImports: imports.length > 0 ? imports : undefined,
    sizes: new Map([...notebooks].map(([path, { notebook }]) => [path, codeSize(notebook)])),
  };
}

/** Throws when there are problems, each of them said once. */
function refuse(...problems: readonly Iterable<Problem>[]): void {
  const all = problems.flatMap((some) => [...some]);
  const distinct = [...new Map(all.map((problem) => [JSON.stringify(problem), problem])).values()];
  if (distinct.length === 0) return;
  const count = `${distinct.length} problem${distinct.length === 1 ? '' : 's'}`;
  throw new UserError(`Nothing was run: the batch has ${count}.`, { problems: distinct });
}

function* sameNames(runs: readonly NamedRun[]): Generator<Problem> {
  for (const [name, [first, other]] of Map.groupBy(runs, (run) => run.name)) {
    if (first === undefined || other === undefined) continue;
    const message =
      first.entry === other.entry
        ? `Two combinations of the sweep are both "${name}". Remove the one that stands there twice.`
        : `Two runs are called "${name}"; the other one is at ${placeText(first.entry.at(''))}. Rename one.`;
    yield { ...other.entry.at(first.entry === other.entry ? '/matrix' : ''), message };
  }
}

interface Planned {
  readonly named: NamedRun;
  readonly label: OutputLabel;
  readonly destination: Destination | undefined;
  readonly run: Run | undefined;
  readonly problems: readonly Problem[];
  readonly warnings: readonly Warning[];
}

interface Batch {
  readonly request: Request;
  readonly overrides: Parameters;
  readonly notebooks: ReadonlyMap<string, ReadNotebook>;
}

function planRun(named: NamedRun, { request, overrides, notebooks }: Batch): Planned {
  const { entry, name, combination } = named;
  const values = valuesOf(entry, combination, overrides);
  const label = outputLabel(named, values);
  const notebookPath = path.resolve(request.workingDirectory, entry.notebook);
  const own = { notebook_name: path.basename(entry.notebook, '.ipynb'), output_label: label.segment, name };
  const target = outputPath({ template: request.outputPath, outputDir: request.outputDir, values, own });
  const problems: Problem[] = [
    ...label.mistakes.map((message) => ({ ...entry.at('/output_label'), message })),
    ...target.mistakes.map((message) => ({ ...OUTPUT_PATH_INPUT, message })),
  ];
  const paths = { outputLabel: label.segment, outputPath: target.outputPath };
  const settings = runSettings(entry, request);
  const sound = problems.length === 0;
  const destination = sound ? { name, entry, combination, labelUses: label.used, ...paths } : undefined;

  const notebook = notebooks.get(notebookPath)?.notebook;
  if (notebook === undefined) return { named, label, destination, run: undefined, problems, warnings: [] };
  const variables = runVariables({
    entry,
    values,
    overrides,
    label: label.text,
    notebook,
    strict: request.strictParameters,
  });
  const run: Run = {
    name,
    notebook: entry.notebook,
    notebookPath,
    ...paths,
    parameters: variables.parameters,
    varies: [...combination.keys()],
    kernelName: variables.kernelName,
    injectedSource: variables.injectedSource,
    settings,
  };
  return {
    named,
    label,
    destination,
    run,
    problems: [...problems, ...variables.problems],
    warnings: variables.warnings,
  };
}

function codeSize({ cells }: Notebook): number {
  return cells.reduce((size, { cell_type, source }) => size + (cell_type === 'code' ? source.length : 0), 0);
}

function shownFrom({ workingDirectory }: Request): (absolutePath: string) => string {
  return (absolutePath) => relativePath(workingDirectory, absolutePath);
}

/** One for each entry whose labels had to be changed. */
function labelWarnings(planned: readonly Planned[]): string[] {
  const changed = planned.filter(({ label }) => label.segment !== label.text.normalize('NFC'));
  return [...Map.groupBy(changed, ({ named }): ConfigEntry => named.entry)].map(
    ([entry, [first, ...others]]) => {
      const { text = '', segment = '' } = first?.label ?? {};
      const more = others.length > 0 ? `, and ${others.length} more likewise` : '';
      return `${entry.name}: the label ${JSON.stringify(text)} became "${segment}", because it names a folder and a file${more}.`;
    },
  );
}
