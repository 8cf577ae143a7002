import { pythonFloat } from '../../notebook/python-numbers.ts';
import { ASCII, escapeText } from './escape-text.ts';
import { type Language, Untranslatable, words } from './language.ts';
import { hexEscape } from '../python-text.ts';

/** Python refuses to read longer ones. https://docs.python.org/3/library/stdtypes.html#int-max-str-digits */
const MAX_INTEGER_DIGITS = 4300;

/** Byte for byte what papermill writes without black. */
export const python: Language = {
  name: 'Python',
  kernels: /^(?:python\d?|xpython|pysparkkernel)$/,
  languages: ['python', 'ipython'],
  identifier: /^[\p{XID_Start}_]\p{XID_Continue}*$/u,
  identifierRule: 'letters, digits and _, and no digit first',
  reserved:
    words(`False None True and as assert async await break class continue def del elif else except finally for
    from global if import in is lambda nonlocal not or pass raise return try while with yield __debug__`),
  ignoresCase: false,
  maxNesting: 100,
  comment: (text) => `# ${text}`,
  assign: (name, source) => `${name} = ${source}`,
  write: {
    none: 'None',
    true: 'True',
    false: 'False',
    text: quoted,
    integer: (value) => {
      const source = String(value);
      if (source.replace('-', '').length <= MAX_INTEGER_DIGITS) return source;
      throw new Untranslatable(
        `has more than the ${MAX_INTEGER_DIGITS} digits that Python reads. Write it as a string`,
      );
    },
    float: (value) => (Number.isFinite(value) ? pythonFloat(value) : `float('${pythonFloat(value)}')`),
    list: (_values, sources) => `[${sources.join(', ')}]`,
    object: (members) => `{${members.map(({ key, source }) => `${quoted(key)}: ${source}`).join(', ')}}`,
  },
};

/** What Python's codec `unicode_escape` writes, with double quotes escaped afterwards. */
function quoted(text: string): string {
  const own = { '\\': '\\\\', '"': '\\"', '\n': '\\n', '\r': '\\r', '\t': '\\t' };
  return `"${escapeText(text, { own, plain: ASCII, other: (code) => hexEscape(String.fromCodePoint(code)) })}"`;
}
