import { basename, dirname, join, resolve } from 'node:path';
import type { ConfigEntry } from '../model.ts';
import { suggestion } from './did-you-mean.ts';
import type { ParsedConfigs } from './parse-configs.ts';
import { MINIMAL_CONFIGS, parseConfigs, repeatedName } from './parse-configs.ts';
import type { InputFiles } from './ports.ts';

export interface ConfigsSource {
  /** A file, a glob of files, or inline text. */
  readonly configs: string;
  /** Absolute. */
  readonly workingDirectory: string;
  /** What messages call the place where `configs` was given. */
  readonly label: string;
}

/** The entries of all the files in order of their names, or of the inline text. */
export async function loadConfigs(source: ConfigsSource, files: InputFiles): Promise<ParsedConfigs> {
  const written = source.configs.trim();
  if (isInline(written)) return parseConfigs(source.configs, source.label);
  if (!/[*?[\]{}]/.test(written)) return loadFile(written, source, files);

  const found = await files.glob(written, source.workingDirectory);
  if (found.length === 0) return failed(source.label, `no file matches ${JSON.stringify(written)}.`);
  const names = found.toSorted();
  return concatenate(await Promise.all(names.map((name) => loadFile(name, source, files))));
}

/** Inline text has several lines, or starts as JSON does; a file name does neither. */
function isInline(text: string): boolean {
  return /[\r\n]/.test(text) || /^[{[]/.test(text);
}

async function loadFile(name: string, source: ConfigsSource, files: InputFiles): Promise<ParsedConfigs> {
  const path = resolve(source.workingDirectory, name);
  const reading = await files.read(path);
  switch (reading.kind) {
    case 'text':
      return parseConfigs(reading.text, name);
    case 'unreadable':
      return failed(name, `cannot be read: ${reading.reason}`);
    case 'missing':
      return failed(name, await missingMessage(name, path, files));
  }
}

async function missingMessage(name: string, path: string, files: InputFiles): Promise<string> {
  const neighbours = (await files.list(dirname(path)))?.filter((file) => /\.(?:jsonc?|ya?ml)$/i.test(file));
  if (neighbours === undefined) return `there is no such file, nor its folder. Check the path. ${MINIMAL}`;
  const paths = neighbours.map((file) => join(dirname(name), file).replaceAll('\\', '/'));
  const meant = suggestion(join(dirname(name), basename(name)).replaceAll('\\', '/'), paths);
  return `there is no such file.${meant === '' ? ` ${MINIMAL}` : meant}`;
}

const MINIMAL = `The smallest is ${MINIMAL_CONFIGS}`;

function failed(file: string, message: string): ParsedConfigs {
  return { entries: [], unsound: [], problems: [{ file, message }] };
}

/** One name may stand in one file only: it names the run and its outputs. The first to have it keeps it. */
function concatenate(parsed: readonly ParsedConfigs[]): ParsedConfigs {
  const problems = parsed.flatMap((each) => each.problems);
  const first = new Map<string, ConfigEntry>();
  for (const entry of parsed.flatMap((each) => each.entries)) {
    const earlier = first.get(entry.name);
    if (earlier === undefined) first.set(entry.name, entry);
    else problems.push(repeatedName(entry.name, entry.at(''), earlier.at('')));
  }
  return { entries: [...first.values()], unsound: parsed.flatMap((each) => each.unsound), problems };
}
