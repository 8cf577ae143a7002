import path from 'node:path';
import type { Parameters } from '../model.ts';
import { pythonText } from './python-text.ts';
import { resolveTemplate } from './resolve-template.ts';
import { safeSegment } from './safe-segment.ts';

/** Of file systems; with room left for the `_backup` of a name and the temporary name while it is written. */
const MAX_SEGMENT_BYTES = 230;
/** What Windows and the artifact store refuse in names. https://github.com/actions/toolkit/tree/main/packages/artifact */
const FORBIDDEN = /[":<>|*?\\\p{Cc}]/u;

export interface OutputPathRequest {
  /** Path template below `outputDir`. */
  readonly template: string;
  readonly outputDir: string;
  /** The run's parameters by plain name. */
  readonly values: Parameters;
  /** Names that stand for something whatever the parameters are called. */
  readonly own: { readonly notebook_name: string; readonly output_label: string; readonly name: string };
}

export interface OutputPath {
  /** Absolute. */
  readonly outputPath: string;
  readonly mistakes: readonly string[];
}

/** Where the executed notebook goes; every text that is filled in becomes one safe segment. */
export function outputPath({ template, outputDir, values, own }: OutputPathRequest): OutputPath {
  const texts = new Map<string, () => string>();
  for (const [name, value] of values) texts.set(name, () => safeSegment(pythonText(value)));
  for (const [name, text] of Object.entries(own)) texts.set(name, () => safeSegment(text));
  const { text, mistakes } = resolveTemplate(template, texts);
  const absolute = path.resolve(outputDir, text);
  return {
    outputPath: absolute,
    mistakes: mistakes.length > 0 ? mistakes : mistakesOf(template, { absolute, outputDir }),
  };
}

function mistakesOf(
  template: string,
  { absolute, outputDir }: { absolute: string; outputDir: string },
): string[] {
  const relative = path.relative(outputDir, absolute);
  if (!isInside(relative))
    return [`"${template}" leads out of the output folder ${outputDir}. Write a path below it.`];
  if (!relative.endsWith('.ipynb'))
    return [`"${template}" does not end in ".ipynb". Write for instance "{output_label}.ipynb".`];
  const segments = relative.split(path.sep);
  const forbidden = segments
    .map((segment) => FORBIDDEN.exec(segment)?.[0])
    .find((sign) => sign !== undefined);
  if (forbidden !== undefined) {
    return [
      `"${template}" holds ${JSON.stringify(forbidden)}, which artifacts and Windows cannot have in a name. Write / between folders and remove it.`,
    ];
  }
  const long = segments.find((segment) => Buffer.byteLength(segment) > MAX_SEGMENT_BYTES);
  if (long !== undefined) {
    return [
      `"${template}" gives the name "${long}", which is longer than ${MAX_SEGMENT_BYTES} bytes. Use fewer parameters in it.`,
    ];
  }
  return [];
}

/** Whether a relative path stays below what it is relative to. */
export function isInside(relative: string): boolean {
  return (
    relative !== '' &&
    relative !== '..' &&
    !relative.startsWith(`..${path.sep}`) &&
    !path.isAbsolute(relative)
  );
}

/** Where the earlier result of a path is kept: `x.ipynb` → `x_backup.ipynb`. */
export function backupPath(outputPath: string): string {
  return outputPath.replace(/\.ipynb$/, '_backup.ipynb');
}

/** Paths that some file system takes for one get one text: normal form and case do not count. */
export function foldedPath(absolutePath: string): string {
  // Upper case first: it joins what lower case alone keeps apart (ß and ss, ſ and s).
  return absolutePath.normalize('NFC').toUpperCase().toLowerCase().normalize('NFC');
}
