import type { JsonSyntaxError } from './json.ts';
import { NotebookFormatError } from './notebook-format-error.ts';

/** Turns "not JSON" into the likely reason and its cure. */
export function explainNotJson(text: string, error: JsonSyntaxError): NotebookFormatError {
  for (const { sign, message } of TELLTALE_SIGNS) {
    const found = sign.exec(text);
    if (found) {
      return new NotebookFormatError(message, { cause: error, place: placeOf(text, found.index) });
    }
  }
  const { place } = error;
  const where = place ? ` at ${place.line}:${place.column}` : '';
  return new NotebookFormatError(
    `not a notebook: its text is no valid JSON${where}: ${error.message}. ` +
      'Open it in Jupyter and save it again, or restore it from version control.',
    { cause: error, place },
  );
}

const TELLTALE_SIGNS: readonly { readonly sign: RegExp; readonly message: string }[] = [
  {
    sign: /^\s*$/,
    message: 'the file is empty. Open it in Jupyter and save it again, or restore it from version control.',
  },
  {
    // UTF-16 read as UTF-8: the mark at its start is invalid there, and every other byte is zero.
    sign: /^(?:\ufffd\ufffd|\s?\0|[{\s]\0)/,
    message: 'the file is not UTF-8; it looks like UTF-16. Save it again as UTF-8.',
  },
  {
    sign: /^version https:\/\/git-lfs/,
    message:
      'the file is a Git LFS pointer, not the notebook itself. Run `git lfs pull`; in a workflow, give actions/checkout `lfs: true`.',
  },
  {
    sign: /^(?:<<<<<<<|>>>>>>>) /m,
    message:
      'the file has the marks of a merge conflict in it. Resolve the conflict, for instance with nbdime.',
  },
  {
    sign: /^\s*<(?:!doctype|html|\?xml)/i,
    message: 'the file is a web page, not a notebook. Download the raw .ipynb file instead.',
  },
];

function placeOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
}
