import { pythonFloat } from '../../notebook/python-numbers.ts';
import { ASCII, codePointOf, utf16Units } from './escape-text.ts';
import { type Language, type Member, Untranslatable, words } from './language.ts';

/** MATLAB's numbers are doubles unless said otherwise. */
const MAX_EXACT = 2n ** 53n;

export const matlab: Language = {
  name: 'MATLAB',
  kernels: /^(?:matlab|jupyter_matlab_kernel|matlab_kernel|imatlab)$/,
  languages: ['matlab'],
  // namelengthmax: what comes after 63 characters would be cut off.
  identifier: /^[A-Za-z]\w{0,62}$/,
  identifierRule: 'letters from A to Z, digits and _, a letter first, and at most 63 characters',
  reserved:
    words(`break case catch classdef continue else elseif end for function global if otherwise parfor persistent
    return spmd switch try while`),
  ignoresCase: false,
  // Brackets may be 32 deep, and an object needs two.
  maxNesting: 15,
  comment: (text) => `% ${text}`,
  assign: (name, source) => `${name} = ${source};`,
  write: {
    none: 'NaN',
    true: 'true',
    false: 'false',
    text: (value) => {
      const parts = literalParts(value, '"');
      // The first part makes the sum a string; char + char would be numbers.
      const sum = parts[0]?.startsWith('"') ? parts : ['""', ...parts];
      return sum.length === 1 ? sum.join('') : `(${sum.join(' + ')})`;
    },
    integer: (value) => {
      if (value <= MAX_EXACT && value >= -MAX_EXACT) return String(value);
      // A literal is read as a double first; sscanf with only these formats gives the integer type, exactly.
      if (BigInt.asIntN(64, value) === value) return `sscanf('${value}', '%ld')`;
      if (BigInt.asUintN(64, value) === value) return `sscanf('${value}', '%lu')`;
      throw new Untranslatable('is beyond 64 bits, the largest integers of MATLAB. Write it as a string');
    },
    float: (value) => {
      if (Number.isNaN(value)) return 'NaN';
      return Number.isFinite(value) ? pythonFloat(value) : value < 0 ? '-Inf' : 'Inf';
    },
    list: (_values, sources) => `{${sources.join(', ')}}`,
    object: map,
  },
};

function map(members: readonly Member[]): string {
  if (members.length === 0) return 'containers.Map()';
  const keys = members.map(({ key }) => characters(key));
  return `containers.Map({${keys.join(', ')}}, {${members.map(({ source }) => source).join(', ')}})`;
}

/** A row of characters, which is what keys have to be. */
function characters(text: string): string {
  const parts = literalParts(text, "'");
  return parts.length === 1 && parts[0]?.startsWith("'") ? parts.join('') : `[${parts.join(' ')}]`;
}

/** MATLAB's quotes know no escapes but themselves doubled: ASCII between quotes, the rest as `char([233 10])`. */
function literalParts(text: string, quote: '"' | "'"): string[] {
  const parts: string[] = [];
  for (const run of text.match(/[\x20-\x7e]+|[^\x20-\x7e]+/g) ?? ['']) {
    if (run === '' || ASCII.test(run.charAt(0)))
      parts.push(quote + run.replaceAll(quote, quote + quote) + quote);
    else {
      const units = Array.from(run).flatMap((character) => utf16Units(codePointOf(character)));
      parts.push(units.length === 1 ? `char(${units.join('')})` : `char([${units.join(' ')}])`);
    }
  }
  return parts;
}
