import { withCellIds } from './cell-ids.ts';
import { explainNotJson } from './explain-not-json.ts';
import { JsonSyntaxError, parseJson } from './json.ts';
import { isDeeperThan, isJsonObject } from './json-shape.ts';
import { NotebookFormatError } from './notebook-format-error.ts';
import { parseCell } from './parse-cell.ts';
import type { Json, JsonObject, Notebook } from './types.ts';
import { withoutTransient } from './without-transient.ts';

export { NotebookFormatError };

/** Where Python's own json module stops too, so that what we write can be read everywhere. */
const DEEPEST_NESTING = 900;

/**
 * Reads the text of an .ipynb file, nbformat 4.0 or later. What nbformat repairs is repaired: cells of 4.5 get
 * the ids they lack. What is unknown is kept. Throws NotebookFormatError.
 */
export function parseNotebook(text: string): Notebook {
  const root = parseRoot(text.replace(/^\ufeff/, ''));
  const minor = checkVersion(root);
  if (isDeeperThan(root, DEEPEST_NESTING)) {
    throw new NotebookFormatError(`not a notebook: it is nested more than ${DEEPEST_NESTING} levels deep.`);
  }
  if (!Array.isArray(root['cells'])) {
    throw new NotebookFormatError('the notebook has no list `cells`. Open it in Jupyter and save it again.');
  }
  const cells = root['cells'].map(parseCell);
  return {
    ...root,
    nbformat: 4,
    nbformat_minor: minor,
    metadata: metadataOf(root),
    cells: minor >= 5 ? withCellIds(cells) : cells,
  };
}

function parseRoot(text: string): JsonObject {
  let root: Json;
  try {
    root = parseJson(text);
  } catch (error) {
    throw error instanceof JsonSyntaxError ? explainNotJson(text, error) : error;
  }
  if (isJsonObject(root)) return root;
  throw new NotebookFormatError(`not a notebook: ${article(root)}, where a notebook is a JSON object.`);
}

function article(value: Json): string {
  if (Array.isArray(value)) return 'it is a JSON list';
  return typeof value === 'object' && value !== null
    ? 'it is a number'
    : `it is ${JSON.stringify(value).slice(0, 40)}`;
}

/** The minor version; throws for every major version but 4. */
function checkVersion(root: JsonObject): number {
  const { nbformat, nbformat_minor: minor } = root;
  if (nbformat === undefined) {
    const old = Array.isArray(root['worksheets']) ? ` ${CONVERT}` : ' Is it some other JSON file?';
    throw new NotebookFormatError(`not a notebook: it has no \`nbformat\`.${old}`);
  }
  if (typeof nbformat !== 'number' || !Number.isInteger(nbformat) || nbformat < 1) {
    throw new NotebookFormatError(`not a notebook: \`nbformat\` is ${JSON.stringify(nbformat)}, expected 4.`);
  }
  if (nbformat < 4) {
    throw new NotebookFormatError(`this notebook has the old format ${nbformat}; needed is 4. ${CONVERT}`);
  }
  if (nbformat > 4) {
    throw new NotebookFormatError(
      `this notebook has format ${nbformat}, which is newer than the 4 that is known here. ` +
        'Save it as format 4, or use a newer version of this program.',
    );
  }
  if (minor === undefined) return 0;
  if (typeof minor === 'number' && Number.isInteger(minor) && minor >= 0) return minor;
  throw new NotebookFormatError(
    `\`nbformat_minor\` is ${JSON.stringify(minor)}, expected a number such as 5.`,
  );
}

const CONVERT = 'Convert it with: jupyter nbconvert --to notebook --nbformat 4 --inplace NOTEBOOK';

function metadataOf({ metadata = {} }: JsonObject): JsonObject {
  if (isJsonObject(metadata)) return withoutTransient(metadata, 'notebook');
  throw new NotebookFormatError('the notebook\'s `metadata` is not an object. Write "metadata": {}');
}
