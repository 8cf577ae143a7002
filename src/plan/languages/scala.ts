import { pythonFloat } from '../../notebook/python-numbers.ts';
import { elementType, fitsBits } from './element-type.ts';
import { ASCII, escapeText, inPieces, utf16Escape } from './escape-text.ts';
import { type Language, words } from './language.ts';

/** A constant of a class file has at most 65,535 bytes, and a character up to three. */
const MAX_STRING_CHARS = 10_000;

export const scala: Language = {
  name: 'Scala',
  kernels: /^(?:scala[\d.]*|almond|sparkkernel|spylon-kernel|apache_toree_scala)$/,
  languages: ['scala'],
  identifier: /^(?!_+$)[\p{L}_][\p{L}\p{N}_]*$/u,
  identifierRule: 'letters, digits and _, and no digit first',
  reserved:
    words(`abstract case catch class def do else enum export extends false final finally for forSome given if
    implicit import lazy macro match new null object override package private protected return sealed super then this
    throw trait try true type val var while with yield`),
  ignoresCase: false,
  maxNesting: 100,
  comment: (text) => `// ${text}`,
  assign: (name, source) => `val ${name} = ${source}`,
  write: {
    none: 'None',
    true: 'true',
    false: 'false',
    text: (value) => {
      // Not joined by +, which the compiler would fold into one constant again.
      const pieces = inPieces(value, MAX_STRING_CHARS).map(quoted);
      return pieces.length === 1 ? pieces.join('') : `Seq(${pieces.join(', ')}).mkString`;
    },
    integer: (value) => {
      if (fitsBits(value, 32)) return String(value);
      return fitsBits(value, 64) ? `${value}L` : `BigInt("${value}")`;
    },
    float: (value) => {
      if (Number.isNaN(value)) return 'Double.NaN';
      if (Number.isFinite(value)) return pythonFloat(value);
      return value < 0 ? 'Double.NegativeInfinity' : 'Double.PositiveInfinity';
    },
    // Seq(1, 2.5) would become Seq(1.0, 2.5).
    list: (values, sources) => {
      const mixed = values.length > 0 && elementType(values) === undefined;
      return `Seq${mixed ? '[Any]' : ''}(${sources.join(', ')})`;
    },
    object: (members) => `Map(${members.map(({ key, source }) => `${quoted(key)} -> ${source}`).join(', ')})`,
  },
};

function quoted(text: string): string {
  const own = { '\\': '\\\\', '"': '\\"', '\n': '\\n', '\r': '\\r', '\t': '\\t' };
  return `"${escapeText(text, { own, plain: ASCII, other: utf16Escape })}"`;
}
