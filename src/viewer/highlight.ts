import highlighter from 'highlight.js/lib/core';
import bash from 'highlight.js/lib/languages/bash';
import cpp from 'highlight.js/lib/languages/cpp';
import csharp from 'highlight.js/lib/languages/csharp';
import go from 'highlight.js/lib/languages/go';
import java from 'highlight.js/lib/languages/java';
import javascript from 'highlight.js/lib/languages/javascript';
import json from 'highlight.js/lib/languages/json';
import julia from 'highlight.js/lib/languages/julia';
import matlab from 'highlight.js/lib/languages/matlab';
import python from 'highlight.js/lib/languages/python';
import r from 'highlight.js/lib/languages/r';
import ruby from 'highlight.js/lib/languages/ruby';
import rust from 'highlight.js/lib/languages/rust';
import scala from 'highlight.js/lib/languages/scala';
import sql from 'highlight.js/lib/languages/sql';
import yaml from 'highlight.js/lib/languages/yaml';
import { sanitise } from './sanitise.ts';

/** Languages of kernels, and of cell magics. */
const LANGUAGES = {
  bash,
  cpp,
  csharp,
  go,
  java,
  javascript,
  json,
  julia,
  matlab,
  python,
  r,
  ruby,
  rust,
  scala,
  sql,
  yaml,
};
for (const [name, language] of Object.entries(LANGUAGES)) highlighter.registerLanguage(name, language);

/** Longer sources are shown without colours: colouring them would stop the page. */
const LONGEST = 100_000;

/** Source code as nodes. `language` is the kernel's name for it; unknown ones stay without colours. */
export function highlighted(source: string, language: string): DocumentFragment | string {
  const known = languageOf(source, language);
  if (source.length > LONGEST || highlighter.getLanguage(known) === undefined) return source;
  return sanitise(
    `<code>${highlighter.highlight(source, { language: known, ignoreIllegals: true }).value}</code>`,
  );
}

/** IPython writes `ipython3` for its Python; a cell may say that it is another language. */
function languageOf(source: string, language: string): string {
  const magic = /^%%(bash|sh|sql|javascript|js|ruby|R)\b/.exec(source)?.[1];
  if (magic !== undefined) return MAGICS[magic] ?? magic;
  return /^i?python/i.test(language) ? 'python' : language.toLowerCase();
}

const MAGICS: Readonly<Record<string, string>> = { sh: 'bash', js: 'javascript', R: 'r' };
