import type { Value } from '../../model.ts';
import { pythonFloat } from '../../notebook/python-numbers.ts';
import { netString } from './csharp.ts';
import { elementType, fitsBits, typeOf } from './element-type.ts';
import { type Language, type Member, words } from './language.ts';

/** What values of different types have in common; papermill's choice for maps. */
const ANY = 'System.IComparable';

export const fsharp: Language = {
  name: 'F#',
  kernels: /^\.net-fsharp$/,
  languages: ['f#', 'fsharp'],
  identifier: /^(?!_+$)[\p{L}_][\p{L}\p{N}_]*$/u,
  identifierRule: 'letters, digits and _, and no digit first',
  reserved:
    words(`abstract and as assert base begin class default delegate do done downcast downto elif else end
    exception extern false finally fixed for fun function global if in inherit inline interface internal lazy let match
    member module mutable namespace new not null of open or override private public rec return select sig static struct
    then to true try type upcast use val void when while with yield atomic break checked component const constraint
    constructor continue event external include mixin parallel process protected pure sealed tailcall trait virtual
    asr land lor lsl lsr lxor mod`),
  ignoresCase: false,
  maxNesting: 60,
  comment: (text) => `(* ${text} *)`,
  assign: (name, source) => `let ${name} = ${source}`,
  write: {
    none: 'None',
    true: 'true',
    false: 'false',
    text: netString,
    integer: (value) => `${value}${suffix(value)}`,
    float: (value) => {
      if (Number.isNaN(value)) return 'System.Double.NaN';
      if (Number.isFinite(value)) return pythonFloat(value);
      return value < 0 ? 'System.Double.NegativeInfinity' : 'System.Double.PositiveInfinity';
    },
    list: (values, sources) => {
      if (values.length === 0) return '[ ]';
      if (elementType(values) === 'integer') return `[ ${integers(values, sources).join('; ')} ]`;
      const type = listType(values);
      const items = values.map((value, index) => {
        const source = inList(value, sources[index] ?? '');
        return type === undefined ? upcast(value, source) : source;
      });
      return `[ ${items.join('; ')} ]`;
    },
    object: map,
  },
};

/** Integers of one list, all of the type that the largest needs. */
function integers(values: readonly Value[], sources: readonly string[]): string[] {
  return sources.map((source) => source.replace(/[LI]$/, '') + suffix(values));
}

/** Of int, int64 and bigint, the smallest type that holds an integer, or all of a list. */
function suffix(value: Value): '' | 'L' | 'I' {
  return fitsBits(value, 32) ? '' : fitsBits(value, 64) ? 'L' : 'I';
}

function map(members: readonly Member[]): string {
  // Without its types named, an empty map would be refused: F#'s value restriction.
  if (members.length === 0) return `(Map.empty : Map<string, ${ANY}>)`;
  const pairs = members.map(
    ({ key, value, source }) => `(${netString(key)}, ${upcast(value, inList(value, source))})`,
  );
  return `[ ${pairs.join('; ')} ] |> Map.ofList`;
}

/** The one type of all elements, with integers by size: F# converts nothing. */
function listType(values: readonly Value[]): string | undefined {
  if (elementType(values) === 'integer') return `integer${suffix(values)}`;
  const types = new Set(values.map(exactType));
  const [type] = types;
  return types.size === 1 && type !== 'none' ? type : undefined;
}

function exactType(value: Value): string {
  if (typeof value === 'bigint') return `integer${suffix(value)}`;
  return Array.isArray(value)
    ? `list of ${listType(value as readonly Value[]) ?? 'anything'}`
    : typeOf(value);
}

/** A map's source ends in a pipe, which binds less than what may stand around it. */
function inList(value: Value, source: string): string {
  return value instanceof Map && value.size > 0 ? `(${source})` : source;
}

function upcast(value: Value, source: string): string {
  if (value === null) return `(null : ${ANY})`;
  if (Array.isArray(value) && value.length === 0) return `([] : ${ANY} list) :> ${ANY}`;
  return `${source} :> ${ANY}`;
}
