import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));

/** Folder of the package that a module belongs to, for instance `node_modules/a/node_modules/@b/c`; undefined for our own. */
export function packageFolder(module: string): string | undefined {
  return /^(?:\.\/)?(node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+)\//.exec(module)?.[1];
}

/** Name and version, licence, and the text that its authors want to go with every copy, of each package, sorted. */
export function licenseTexts(folders: Iterable<string>): string {
  return [...new Set([...folders].map(license))].sort().join('\n');
}

interface Package {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly author?: string | { readonly name: string };
}

function license(folder: string): string {
  const {
    name,
    version,
    license: kind,
    author,
  } = JSON.parse(readFileSync(`${root}${folder}/package.json`, 'utf8')) as Package;
  const file = readdirSync(`${root}${folder}`)
    .sort()
    .find((candidate) => /^(?:licen[cs]e|copying)/i.test(candidate));
  const by = typeof author === 'object' ? author.name : author;
  const text =
    file === undefined
      ? `The package has no text of its licence. Copyright: ${by ?? 'its authors'}.`
      : readFileSync(`${root}${folder}/${file}`, 'utf8');
  return `=== ${name} ${version}\n${kind ?? 'unknown'}\n${text.replaceAll('\r\n', '\n').trim()}\n`;
}
