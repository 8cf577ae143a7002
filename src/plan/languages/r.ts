import type { Value } from '../../model.ts';
import { pythonFloat } from '../../notebook/python-numbers.ts';
import { elementType } from './element-type.ts';
import { ASCII, escapeText, hex, inPieces, refuseLoneSurrogates, refuseNul } from './escape-text.ts';
import { type Language, Untranslatable, words } from './language.ts';

/** R's parser takes at most 10,000 characters in a string with Unicode escapes (gram.y, mkStringUTF8). */
const MAX_STRING_CHARS = 5000;
/** R_NameSize: names are limited to 10,000 bytes. */
const MAX_NAME_CHARS = 2000;
/** R's numbers are doubles. */
const MAX_EXACT = 2n ** 53n;
/** What `c()` keeps as it is; a NULL in it would vanish. */
const ATOMIC = new Set(['boolean', 'text', 'float', 'integer']);

export const r: Language = {
  name: 'R',
  kernels: /^(?:[Rr]|ir\d*|xr|sparkrkernel)$/,
  languages: ['r'],
  identifier: /^(?:[A-Za-z]|\.(?!\d))[\w.]*$/,
  identifierRule: 'letters, digits, . and _, and a letter first (or a . that no digit follows)',
  reserved:
    words(`if else repeat while function for next break TRUE FALSE NULL Inf NaN NA NA_integer_ NA_real_
    NA_complex_ NA_character_ in ...`),
  ignoresCase: false,
  // The parser's context stack has 50 places.
  maxNesting: 40,
  comment: (text) => `# ${text}`,
  assign: (name, source) => `${name} = ${source}`,
  write: {
    none: 'NULL',
    true: 'TRUE',
    false: 'FALSE',
    text: (value) => {
      const pieces = inPieces(value, MAX_STRING_CHARS).map(quoted);
      return pieces.length === 1 ? pieces.join('') : `paste0(${pieces.join(', ')})`;
    },
    integer: (value) => {
      if (value <= MAX_EXACT && value >= -MAX_EXACT) return String(value);
      throw new Untranslatable('is beyond 2^53, where R rounds integers. Write it as a string');
    },
    float: (value) => {
      if (Number.isNaN(value)) return 'NaN';
      return Number.isFinite(value) ? pythonFloat(value) : value < 0 ? '-Inf' : 'Inf';
    },
    list: (values, sources) => `${isAtomic(values) ? 'c' : 'list'}(${sources.join(', ')})`,
    object: (members) => `list(${members.map(({ key, source }) => `${name(key)} = ${source}`).join(', ')})`,
  },
};

/** Integers and floats are both doubles in R, so that they may stand together. */
function isAtomic(values: readonly Value[]): boolean {
  const type = elementType(values.map((value) => (typeof value === 'bigint' ? 0.5 : value)));
  return type !== undefined && ATOMIC.has(type);
}

function quoted(text: string): string {
  refuseLoneSurrogates(text, 'R');
  refuseNul(text, 'R');
  const own = { '\\': '\\\\', '"': '\\"', '\n': '\\n', '\r': '\\r', '\t': '\\t' };
  // R refuses \x beside \u in one string, and \x alone would be bytes of no encoding.
  const other = (code: number) => (code <= 0xffff ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`);
  return `"${escapeText(text, { own, plain: ASCII, other })}"`;
}

function name(key: string): string {
  if (key === '')
    throw new Untranslatable('has an empty key, which a list of R cannot have. Give the key a name');
  if (key.length > MAX_NAME_CHARS)
    throw new Untranslatable('has a key that is too long for a name in R. Shorten it');
  return quoted(key);
}
