export type DocumentFormat = 'json' | 'yaml';

const FORMATS: ReadonlyMap<string, DocumentFormat> = new Map([
  ['.json', 'json'],
  ['.jsonc', 'json'],
  ['.yaml', 'yaml'],
  ['.yml', 'yaml'],
]);

/** By the file's extension; otherwise JSON when the text starts with `{` or `[`, after space and comments. */
export function detectFormat(file: string, text: string): DocumentFormat {
  const extension = /\.[^./\\]+$/.exec(file)?.[0].toLowerCase();
  const known = extension === undefined ? undefined : FORMATS.get(extension);
  if (known !== undefined) return known;
  const start = /^(?:\s|\/\/.*|\/\*[^]*?\*\/)*/.exec(text)?.[0].length ?? 0;
  return text[start] === '{' || text[start] === '[' ? 'json' : 'yaml';
}
