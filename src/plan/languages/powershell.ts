import type { Value } from '../../model.ts';
import { pythonFloat } from '../../notebook/python-numbers.ts';
import { fitsBits } from './element-type.ts';
import { codePointOf, PRINTABLE, utf16Units } from './escape-text.ts';
import { type Language, type Member, Untranslatable, words } from './language.ts';

/** PowerShell takes typographic quotes for quotes: it ends a string at any of them, unless doubled. */
const SINGLE_QUOTES = /['\u2018-\u201b]/g;
const MIN_LONG = -(2n ** 63n);

export const powershell: Language = {
  name: 'PowerShell',
  kernels: /^(?:\.net-powershell|\.net-pwsh|powershell)$/,
  languages: ['powershell', 'pwsh'],
  identifier: /^[\p{L}_][\p{L}\p{N}_]*$/u,
  identifierRule: 'letters, digits and _, and no digit first',
  // Automatic variables that refuse or forget what is assigned.
  reserved: words(`_ args consolefilename enabledexperimentalfeatures error event eventargs eventsubscriber
    executioncontext false foreach home host input iscoreclr islinux ismacos iswindows lastexitcode matches
    myinvocation nestedpromptlevel null pid profile psboundparameters pscmdlet pscommandpath psculture
    psdebugcontext psedition pshome psitem psscriptroot pssenderinfo psuiculture psversiontable pwd sender shellid
    stacktrace switch this true`),
  ignoresCase: true,
  maxNesting: 60,
  comment: (text) => `# ${text}`,
  assign: (name, source) => `$${name} = ${source}`,
  write: {
    none: '$Null',
    true: '$True',
    false: '$False',
    text: quoted,
    integer: (value) => {
      if (value === MIN_LONG) return '[long]::MinValue';
      // A longer literal would become a decimal or a double.
      return fitsBits(value, 64) ? String(value) : `[bigint]::Parse('${value}')`;
    },
    float: (value) => {
      if (Number.isNaN(value)) return '[double]::NaN';
      if (Number.isFinite(value)) return pythonFloat(value);
      return value < 0 ? '[double]::NegativeInfinity' : '[double]::PositiveInfinity';
    },
    list,
    object: hashtable,
  },
};

function list(values: readonly Value[], sources: readonly string[]): string {
  // A list of one list would be unrolled into that list; the comma keeps it.
  const comma = values.length === 1 && Array.isArray(values[0]) ? ',' : '';
  return `@(${comma}${sources.join(', ')})`;
}

function hashtable(members: readonly Member[]): string {
  const keys = new Map<string, string>();
  for (const { key } of members) {
    const same = keys.get(key.toLowerCase());
    if (same !== undefined) {
      throw new Untranslatable(
        `has the keys "${same}" and "${key}", which PowerShell takes for one. Rename one`,
      );
    }
    keys.set(key.toLowerCase(), key);
  }
  return `@{${members.map(({ key, source }) => `${quoted(key)} = ${source}`).join('\n ')}}`;
}

/**
 * Single quotes, in which nothing is expanded. What is not seen, a line break above all, is added by its code: a line
 * of its own that begins with `#!` would be a command to the kernel, even inside a string.
 */
function quoted(text: string): string {
  const parts: string[] = [];
  let literal = '';
  for (const character of text) {
    if (PRINTABLE.test(character)) {
      literal += character;
      continue;
    }
    parts.push(inQuotes(literal), ...utf16Units(codePointOf(character)).map((unit) => `[char]${unit}`));
    literal = '';
  }
  if (literal !== '' || parts.length === 0) parts.push(inQuotes(literal));
  const [first = "''", ...others] = parts;
  const sum = [first, ...others.filter((part) => part !== "''")];
  return sum.length === 1 ? first : `(${sum.join(' + ')})`;
}

function inQuotes(text: string): string {
  return `'${text.replace(SINGLE_QUOTES, '$&$&')}'`;
}
