import type { Value } from '../model.ts';

/** Type of a literal as Python names it; undefined for any other expression. */
export function literalType(source: string): string | undefined {
  return LITERALS.find(({ pattern }) => pattern.test(source))?.type;
}

const LITERALS: readonly { readonly pattern: RegExp; readonly type: string }[] = [
  { pattern: /^None$/, type: 'None' },
  { pattern: /^(?:True|False)$/, type: 'bool' },
  { pattern: /^[+-]?(?:\d[\d_]*|0[xX][\da-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+)$/, type: 'int' },
  { pattern: /^[+-]?(?:\d[\d_]*\.[\d_]*|\.\d[\d_]*|\d[\d_]*(?=[eE]))(?:[eE][+-]?\d[\d_]*)?$/, type: 'float' },
  { pattern: /^float\(\s*(['"])[+-]?(?:nan|inf(?:inity)?)\1\s*\)$/i, type: 'float' },
  {
    pattern: /^[rRuUfF]{0,2}(?:'(?:\\[^]|[^'\\])*'|"(?:\\[^]|[^"\\])*"|'''[^]*'''|"""[^]*""")$/,
    type: 'str',
  },
  // From bracket to bracket, as long as none of that kind is closed in between.
  { pattern: /^\[[^\]]*\]$|^\[(?:[^[\]]|\[[^[\]]*\])*\]$/, type: 'list' },
  { pattern: /^\{\s*\}$|^\{\s*(?:'[^']*'|"[^"]*"|[\w.-]+)\s*:(?:[^{}]|\{[^{}]*\})*\}$/, type: 'dict' },
  { pattern: /^\(\s*\)$|^\([^()]*,[^()]*\)$/, type: 'tuple' },
];

/** What a value is called in Python. */
export function pythonTypeOf(value: Value): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'string') return 'str';
  if (typeof value === 'bigint') return 'int';
  if (typeof value === 'number') return 'float';
  return value instanceof Map ? 'dict' : 'list';
}

/** Annotation → the types of injected values that it takes. An int stands for a float, and a bool for an int (PEP 484). */
const TAKES: Readonly<Record<string, readonly string[]>> = {
  None: ['None'],
  NoneType: ['None'],
  bool: ['bool'],
  int: ['int', 'bool'],
  float: ['float', 'int', 'bool'],
  complex: ['float', 'int', 'bool'],
  str: ['str'],
  list: ['list'],
  List: ['list'],
  // JSON has neither, so that a list is the nearest there is.
  tuple: ['list'],
  Tuple: ['list'],
  set: ['list'],
  Sequence: ['list', 'str'],
  Iterable: ['list', 'str', 'dict'],
  Collection: ['list', 'str', 'dict'],
  dict: ['dict'],
  Dict: ['dict'],
  Mapping: ['dict'],
  MutableMapping: ['dict'],
};

/** Whether a value fits a type as Python source writes it; types that are not known take everything. */
export function fitsType(value: Value, type: string): boolean {
  const plain = type
    .trim()
    .replace(/^(['"])([^]*)\1$/, '$2')
    .trim();
  const alternatives = splitOutside(plain, '|');
  if (alternatives.length > 1) return alternatives.some((each) => fitsType(value, each));
  const [, name = '', inner = ''] = /^(?:typing\.|t\.)?(\w+)\s*(?:\[([^]*)\])?$/.exec(plain) ?? [];
  if (name === 'Optional') return value === null || fitsType(value, inner);
  if (name === 'Union') return splitOutside(inner, ',').some((each) => fitsType(value, each));
  const takes = Object.hasOwn(TAKES, name) ? TAKES[name] : undefined;
  return takes === undefined || takes.includes(pythonTypeOf(value));
}

/** Splits where the separator stands outside brackets. */
function splitOutside(text: string, separator: string): string[] {
  const parts = [''];
  let depth = 0;
  for (const character of text) {
    if ('[('.includes(character)) depth += 1;
    if ('])'.includes(character)) depth -= 1;
    if (character === separator && depth === 0) parts.push('');
    else parts.push((parts.pop() ?? '') + character);
  }
  return parts;
}
