import type { Value } from '../../model.ts';
import { pythonFloat } from '../../notebook/python-numbers.ts';
import { elementType, fitsBits } from './element-type.ts';
import { escapeText, PRINTABLE, utf16Escape } from './escape-text.ts';
import { type Language, words } from './language.ts';

export const csharp: Language = {
  name: 'C#',
  kernels: /^\.net-csharp$/,
  languages: ['c#', 'csharp'],
  identifier: /^[\p{L}_][\p{L}\p{N}_]*$/u,
  identifierRule: 'letters, digits and _, and no digit first',
  reserved:
    words(`abstract as base bool break byte case catch char checked class const continue decimal default
    delegate do double else enum event explicit extern false finally fixed float for foreach goto if implicit in int
    interface internal is lock long namespace new null object operator out override params private protected public
    readonly ref return sbyte sealed short sizeof stackalloc static string struct switch this throw true try typeof
    uint ulong unchecked unsafe ushort using virtual void volatile while await var _`),
  ignoresCase: false,
  maxNesting: 100,
  comment: (text) => `// ${text}`,
  assign: (name, source) => `var ${name} = ${source};`,
  write: {
    none: '(object)null',
    true: 'true',
    false: 'false',
    text: netString,
    integer: (value) => {
      if (fitsBits(value, 32)) return String(value);
      return fitsBits(value, 64) ? `${value}L` : `System.Numerics.BigInteger.Parse("${value}")`;
    },
    float: (value) => {
      if (Number.isNaN(value)) return 'double.NaN';
      if (Number.isFinite(value)) return pythonFloat(value);
      return value < 0 ? 'double.NegativeInfinity' : 'double.PositiveInfinity';
    },
    list: (values, sources) => {
      const type = arrayType(values) === undefined ? 'object' : '';
      return sources.length === 0 ? 'new object[] { }' : `new ${type}[] { ${sources.join(', ')} }`;
    },
    object: (members) => {
      const pairs = members.map(({ key, source }) => `{ ${netString(key)} , ${source} }`);
      return `new Dictionary<string,Object>{ ${pairs.join(', ')} }`;
    },
  },
};

/** The type that `new [] { … }` finds by itself without converting a value; undefined when there is none. */
function arrayType(values: readonly Value[]): string | undefined {
  const type = elementType(values);
  if (type === undefined || type === 'none') return undefined;
  // int widens to long, but nothing becomes a BigInteger by itself.
  if (type === 'integer')
    return new Set(values.map((value) => fitsBits(value, 64))).size === 1 ? type : undefined;
  if (!type.startsWith('list')) return type;
  // int[] and long[] have no common type.
  const inner = new Set(values.map((value) => exactType(value as readonly Value[])));
  return inner.size === 1 ? [...inner].join('') : undefined;
}

function exactType(values: readonly Value[]): string {
  const type = arrayType(values) ?? 'object';
  if (type !== 'integer') return `${type}[]`;
  return `${fitsBits(values, 32) ? 'int' : fitsBits(values, 64) ? 'long' : 'BigInteger'}[]`;
}

/** A string of C# or F#. Text stays text; what is not seen becomes `\u…`. */
export function netString(text: string): string {
  const own = { '\\': '\\\\', '"': '\\"', '\n': '\\n', '\r': '\\r', '\t': '\\t' };
  return `"${escapeText(text, { own, plain: PRINTABLE, other: utf16Escape })}"`;
}
