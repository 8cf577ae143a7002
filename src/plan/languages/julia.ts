import type { Value } from '../../model.ts';
import { pythonFloat } from '../../notebook/python-numbers.ts';
import { elementType } from './element-type.ts';
import { escapeText, hex, PRINTABLE, refuseLoneSurrogates } from './escape-text.ts';
import { type Language, words } from './language.ts';

export const julia: Language = {
  name: 'Julia',
  kernels: /^julia(?:$|-)/,
  languages: ['julia'],
  // Names of underscores only can be written but not read.
  identifier: /^(?!_+$)[\p{L}_][\p{L}\p{N}_]*$/u,
  identifierRule: 'letters, digits and _, and no digit first',
  // The last line: not reserved, but what values of other parameters are written with.
  reserved:
    words(`baremodule begin break catch const continue do else elseif end export false finally for function
    global if import in isa let local macro module quote return struct true try using where while
    nothing NaN Inf Any Dict`),
  ignoresCase: false,
  maxNesting: 100,
  comment: (text) => `# ${text}`,
  assign: (name, source) => `${name} = ${source}`,
  write: {
    none: 'nothing',
    true: 'true',
    false: 'false',
    text: quoted,
    // A literal takes the smallest of Int64, Int128 and BigInt that holds it.
    integer: String,
    float: (value) => {
      if (Number.isNaN(value)) return 'NaN';
      return Number.isFinite(value) ? pythonFloat(value) : value < 0 ? '-Inf' : 'Inf';
    },
    list: (values, sources) => `${isConverted(values) ? 'Any' : ''}[${sources.join(', ')}]`,
    object: (members) =>
      `Dict(${members.map(({ key, source }) => `${quoted(key)} => ${source}`).join(', ')})`,
  },
};

/** Whether a plain list would convert its elements: [true, 2.5] to floats, and maps to one type of value. */
function isConverted(values: readonly Value[]): boolean {
  if (values.length < 2) return false;
  const type = elementType(values);
  return type === undefined || type.endsWith('object');
}

function quoted(text: string): string {
  refuseLoneSurrogates(text, 'Julia');
  const own = { '\\': '\\\\', '"': '\\"', $: '\\$', '\n': '\\n', '\r': '\\r', '\t': '\\t' };
  const other = (code: number) => (code <= 0xffff ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`);
  return `"${escapeText(text, { own, plain: PRINTABLE, other })}"`;
}
