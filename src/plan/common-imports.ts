import type { Run } from '../model.ts';
import type { Notebook } from '../notebook/types.ts';
import { notebookKernel } from './notebook-kernel.ts';

/**
 * Packages that may be imported once and shared by forks: they start no threads, open no files, keep no random state
 * but numpy's, and look at nothing of the notebook when they are imported. Each is tested, and checked again at
 * run time (python/fork_preload.py). Not torch, tensorflow, jax, polars, pyarrow, grpc, ray, dask: threads and GPUs. Not
 * plotly, bokeh, altair, ipywidgets: they ask for the notebook's shell.
 */
const SHARED = new Set([
  'matplotlib',
  'networkx',
  'numpy',
  'pandas',
  'patsy',
  'PIL',
  'scipy',
  'seaborn',
  'sklearn',
  'statsmodels',
  'sympy',
]);

/** What packages import at their first use, in the first cell that shows a table or a figure. */
const USED_FIRST: readonly { readonly by: RegExp; readonly modules: readonly string[] }[] = [
  { by: /^pandas\b/, modules: ['pandas.io.formats.html', 'pandas.io.formats.string'] },
  {
    by: /^(?:matplotlib\.pyplot|matplotlib\.pylab|seaborn)\b/,
    modules: [
      'matplotlib.backends.backend_agg',
      ...['Bmp', 'Gif', 'Jpeg', 'Png', 'Ppm'].map((format) => `PIL.${format}ImagePlugin`),
    ],
  },
];

/** What has to happen before a notebook's imports, and would come too late for shared ones. */
const BEFORE_IMPORTS = [
  // Another version of a package.
  /\b(?:pip3?|conda|mamba|micromamba|uv|poetry|apt|apt-get)\b[^\n]*\b(?:install|add|update|upgrade|sync)\b/,
  // Variables that these packages and the libraries below them read when they are imported.
  /\b(?:OMP|GOMP|KMP|MKL|OPENBLAS|GOTO|BLIS|VECLIB|NUMEXPR|NPY|NUMPY|MPL|MATPLOTLIB|PANDAS|SCIPY|SKLEARN|SYMPY|NETWORKX)_?[A-Z][A-Z_]*\b/,
  /\bload_dotenv\b/,
  // Another place to import from, in front of the others.
  /\bsys\.path\s*(?:\.insert|=|\[)/,
  /\bsys\.modules\b/,
];

/** `import a.b as c, d` and `from a.b import c as d, e`; the names may be in parentheses, over lines. */
const IMPORT =
  /(?:^|;)[ \t]*(?:import[ \t]+(?<modules>[\w. ,\t]+)|from[ \t]+(?<module>[\w.]+)[ \t]+import[ \t]+(?:\((?<list>[^)]*)\)|(?<names>[\w ,\t*]+)))/gm;

/** Modules that the kernels of these runs share: what their entries or the batch name, or what their notebooks import. */
export function sharedImports(
  runs: readonly Pick<Run, 'notebookPath' | 'settings'>[],
  notebooks: ReadonlyMap<string, { readonly notebook: Notebook }>,
): readonly string[] {
  const named = runs.flatMap(({ settings }) => (settings.preload === 'auto' ? [] : settings.preload));
  const automatic = runs.filter(({ settings }) => settings.preload === 'auto');
  const paths = new Set(automatic.map(({ notebookPath }) => notebookPath));
  const read = [...paths].flatMap((path) => notebooks.get(path)?.notebook ?? []);
  const common = commonImports(read.filter(isPython));
  return [...new Set([...named, ...common, ...usedFirst(common)])];
}

/**
 * Modules that Python notebooks import and forked kernels may share, in order of appearance; for `from a import b`
 * also `a.b`, which is a module or is not there. None if a notebook does something that must come before its imports.
 */
export function commonImports(notebooks: Iterable<Notebook>): readonly string[] {
  const modules = new Set<string>();
  for (const notebook of notebooks) {
    for (const { cell_type, source } of notebook.cells) {
      if (cell_type !== 'code') continue;
      if (BEFORE_IMPORTS.some((pattern) => pattern.test(source))) return [];
      for (const module of importedModules(source)) if (isShared(module)) modules.add(module);
    }
  }
  return [...modules];
}

function usedFirst(imported: readonly string[]): string[] {
  const used = USED_FIRST.filter(({ by }) => imported.some((module) => by.test(module)));
  return used.flatMap(({ modules }) => modules);
}

function* importedModules(source: string): Generator<string> {
  for (const { groups = {} } of source.matchAll(IMPORT)) {
    const { modules, module, list, names } = groups;
    if (modules !== undefined) yield* namesIn(modules);
    if (module === undefined) continue;
    yield module;
    for (const name of namesIn(list ?? names ?? '')) yield `${module}.${name}`;
  }
}

/** Without what follows `as`, and comments. */
function namesIn(text: string): string[] {
  const written = text.replaceAll(/#.*$/gm, '').replaceAll('\\\n', ' ');
  return written.split(',').flatMap((item) => item.trim().split(/\s/)[0] || []);
}

function isShared(module: string): boolean {
  return SHARED.has(module.split('.')[0] ?? '') && /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$/.test(module);
}

function isPython(notebook: Notebook): boolean {
  return notebookKernel(notebook, undefined).language?.name === 'Python';
}
