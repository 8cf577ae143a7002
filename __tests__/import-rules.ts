import { posix } from 'node:path';
import ts from 'typescript';

/** A TypeScript file of this repository. */
export interface SourceFile {
  /** From the root of the repository, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** What the files of one folder, or one file, may import. */
interface ImportRule {
  /** A folder, ending in `/`, or a file. The first row that fits a file counts. */
  readonly of: string;
  /** Files and folders of `src`. */
  readonly from: readonly string[];
  /** npm packages and modules of Node; `any` = all of them, and the process's globals too. */
  readonly packages: readonly string[] | 'any';
}

const SHARED = ['src/model.ts', 'src/errors.ts', 'src/version.ts', 'src/notebook/'];
const STAGES = ['src/inputs/', 'src/plan/', 'src/execute/', 'src/report/', 'src/publish/'];

/** The composition root: the steps of the actions and the command line, each building what it needs. */
const ROOT = [
  'main',
  'command-line',
  'action-step',
  'post-step',
  'report-step',
  'action-secrets',
  'batch-report',
  'execute-request',
  'executed-notebook',
  'github-world',
  'published-outputs',
].map((name) => `src/${name}.ts`);

/** Modules of Node that compute and touch nothing. */
const PURE = ['node:path', 'node:util', 'node:crypto'];

/** The architecture: docs/architecture.md says it in words. */
export const IMPORT_RULES: readonly ImportRule[] = [
  { of: 'src/model.ts', from: [], packages: [] },
  { of: 'src/errors.ts', from: ['src/model.ts'], packages: [] },
  { of: 'src/version.ts', from: [], packages: ['package.json'] },
  { of: 'src/notebook/', from: ['src/model.ts', 'src/notebook/'], packages: [...PURE, 'jsonc-parser'] },
  {
    of: 'src/inputs/',
    from: [...SHARED, 'src/inputs/'],
    packages: [...PURE, 'jsonc-parser', 'yaml', 'fastest-levenshtein'],
  },
  { of: 'src/plan/', from: [...SHARED, 'src/plan/'], packages: [...PURE, 'fastest-levenshtein'] },
  { of: 'src/execute/', from: [...SHARED, 'src/execute/'], packages: [...PURE, 'p-limit'] },
  { of: 'src/report/', from: [...SHARED, 'src/report/'], packages: PURE },
  { of: 'src/publish/', from: [...SHARED, 'src/publish/'], packages: PURE },
  // In the reader's browser. Of the rest it may import types only.
  {
    of: 'src/viewer/',
    from: ['src/viewer/', 'src/model.ts', 'src/notebook/types.ts', 'src/report/html-data.ts'],
    packages: ['dompurify', 'highlight.js', 'marked', 'temml'],
  },
  { of: 'src/adapters/', from: [...SHARED, ...STAGES, 'src/adapters/'], packages: 'any' },
  ...['run-batch', 'publish-batch', 'live-report', 'written-notebooks', 'tell-failures'].map((name) => ({
    of: `src/${name}.ts`,
    from: [...SHARED, ...STAGES],
    packages: [],
  })),
  ...ROOT.map((of) => ({ of, from: ['src/'], packages: 'any' as const })),
  {
    of: 'src/index.ts',
    from: ['src/main.ts', 'src/adapters/bounded-heap.ts', ...SHARED, ...STAGES],
    packages: 'any',
  },
];

/** Globals through which a file would reach the world without importing anything. */
const WORLDLY_GLOBALS = ['process', 'fetch', 'console', 'setTimeout', 'setInterval', 'setImmediate'];

/** One sentence for each import, and each use of the world, that the table does not allow. */
export function importProblems(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) => {
    const rule = IMPORT_RULES.find(({ of }) => covers(of, file.path));
    if (rule === undefined) return [`${file.path} has no row in the table of import rules`];
    const forbidden = importsOf(file).filter((imported) => !allows(rule, imported));
    const globals = rule.packages === 'any' ? [] : globalsOf(file);
    return [
      ...forbidden.map((imported) => `${file.path} imports ${imported}, which ${rule.of} may not`),
      ...globals.map((name) => `${file.path} uses ${name}, which ${rule.of} may not`),
    ];
  });
}

/** Each cycle of imports once, as `a.ts → b.ts → a.ts`. */
export function importCycles(files: readonly SourceFile[]): string[] {
  const imports = new Map(files.map((file) => [file.path, importsOf(file)]));
  const cycles: string[] = [];
  const finished = new Set<string>();
  const visit = (path: string, trail: readonly string[]): void => {
    if (finished.has(path)) return;
    const start = trail.indexOf(path);
    if (start >= 0) {
      cycles.push([...trail.slice(start), path].join(' → '));
      return;
    }
    for (const imported of imports.get(path) ?? []) visit(imported, [...trail, path]);
    finished.add(path);
  };
  for (const path of imports.keys()) visit(path, []);
  return cycles;
}

/** Files of the repository by their path, everything else by the name of its package or of Node's module. */
function importsOf({ path, text }: SourceFile): string[] {
  const { importedFiles } = ts.preProcessFile(text);
  return importedFiles.map(({ fileName }) =>
    fileName.startsWith('.') ? posix.join(posix.dirname(path), fileName) : packageName(fileName),
  );
}

/** `@actions/core` of `@actions/core/lib/x.js`; of `node:fs/promises` all. */
function packageName(specifier: string): string {
  if (specifier.startsWith('node:')) return specifier;
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

function allows({ from, packages }: ImportRule, imported: string): boolean {
  if (imported.startsWith('src/')) return from.some((allowed) => covers(allowed, imported));
  return packages === 'any' || packages.includes(imported);
}

function covers(folderOrFile: string, path: string): boolean {
  return folderOrFile.endsWith('/') ? path.startsWith(folderOrFile) : path === folderOrFile;
}

function globalsOf({ path, text }: SourceFile): string[] {
  const found = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && WORLDLY_GLOBALS.includes(node.text) && isUse(node)) found.add(node.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true));
  return [...found];
}

/** Not the name behind a dot, nor of a member. */
function isUse(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  return !ts.isPropertyAssignment(parent) && !ts.isTypeElement(parent) && !ts.isClassElement(parent);
}
