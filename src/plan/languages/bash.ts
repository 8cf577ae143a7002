import type { Value } from '../../model.ts';
import { pythonFloat } from '../../notebook/python-numbers.ts';
import { escapeText, hex, refuseLoneSurrogates, refuseNul } from './escape-text.ts';
import { type Language, Untranslatable, words } from './language.ts';

/** What Python's `shlex.quote` leaves as it is. */
const SAFE = /^[\w@%+=:,./-]+$/;
const CONTROL = /[\p{Cc}--[\u0080-\u009f]]/v;
const NO_CONTROL = /^[\P{Cc}\u0080-\u009f]$/v;

export const bash: Language = {
  name: 'Bash',
  kernels: /^bash$/,
  languages: ['bash'],
  identifier: /^[A-Za-z_]\w*$/,
  identifierRule: 'letters from A to Z, digits and _, and no digit first',
  // Bash refuses to assign these, or forgets what was assigned.
  reserved: words('_ BASHOPTS BASHPID BASH_VERSINFO DIRSTACK EUID FUNCNAME GROUPS PPID SHELLOPTS UID'),
  ignoresCase: false,
  maxNesting: 100,
  comment: (text) => `# ${text}`,
  assign: (name, source) => `${name}=${source}`,
  write: {
    none: '',
    true: 'true',
    false: 'false',
    text: quoted,
    integer: String,
    float: pythonFloat,
    list: (values, sources) =>
      `(${values.map((value, index) => element(value, sources[index] ?? '')).join(' ')})`,
    object: () => {
      throw new Untranslatable('is an object, which Bash has no value for. Write its members as parameters');
    },
  },
};

function element(value: Value, source: string): string {
  if (Array.isArray(value)) {
    throw new Untranslatable('is a list, and an array of Bash cannot hold lists. Write a parameter for each');
  }
  // Nothing at all would not be an element.
  return source === '' ? "''" : source;
}

/** As `shlex.quote`; with controls as `$'…\n'`, because the terminal between us and the kernel would act on them. */
function quoted(text: string): string {
  refuseLoneSurrogates(text, 'Bash');
  refuseNul(text, 'Bash');
  if (SAFE.test(text)) return text;
  if (!CONTROL.test(text)) return `'${text.replaceAll("'", `'"'"'`)}'`;
  const own = { '\\': '\\\\', "'": "\\'", '\n': '\\n', '\r': '\\r', '\t': '\\t' };
  return `$'${escapeText(text, { own, plain: NO_CONTROL, other: (code) => `\\x${hex(code, 2)}` })}'`;
}
