import { isModuleName } from './module-names.ts';
import { durationCure, DURATION_EXPECTED, parseDuration } from './parse-duration.ts';
import { type OutputLimitsAsked, parseOutputLimit } from './parse-output-limit.ts';

/** How the text of an input becomes a value. */
export interface InputKind<T> {
  /** Stands for the value in help; empty for a flag, which needs none on the command line. */
  readonly placeholder: string;
  /** `text` is trimmed and not empty. */
  readonly parse: (text: string) => Parsed<T>;
  /** Whether saying it again on the command line adds to it. */
  readonly repeatable?: boolean;
}

export type Parsed<T> =
  | { readonly kind: 'value'; readonly value: T }
  /** Goes between "expected" and the value, and what to write instead. */
  | { readonly kind: 'refused'; readonly expected: string; readonly cure: string };

export const anyText = (placeholder: string): InputKind<string> => ({ placeholder, parse: value });

/** https://github.com/actions/toolkit path-and-artifact-name-validation: Windows could not unpack them. */
const NOT_IN_ARTIFACT_NAMES = /[":<>|*?\\/\p{Control}]/u;
/** GitHub has called a zip that was named so by its last part, and opened it as what it is not. */
const NAMED_AS_FILE = /\.(?:html?|ipynb|json|md|txt|csv|xml|pdf|png|jpe?g|gif|svg|webp|zip|ya?ml)$/i;

export const artifactNameInput: InputKind<string> = {
  placeholder: 'NAME',
  parse: (text) => {
    if (text.length <= 200 && !NOT_IN_ARTIFACT_NAMES.test(text) && !NAMED_AS_FILE.test(text))
      return value(text);
    return refused(
      'a name without " : < > | * ? / \\ and without the ending of a file',
      'Write for instance notebooks.',
    );
  },
};

/** true and false as YAML 1.2 writes them: GitHub passes every input as text, and "False" must not be true. */
export const flagInput: InputKind<boolean> = {
  placeholder: '',
  parse: (text) => {
    if (/^(?:true|True|TRUE)$/.test(text)) return value(true);
    if (/^(?:false|False|FALSE)$/.test(text)) return value(false);
    return refused('true or false', 'Write one of the two.');
  },
};

export function wholeNumber({ from, to }: { from: number; to: number }): InputKind<number> {
  return {
    placeholder: 'N',
    parse: (text) => {
      const number = /^\d{1,9}$/.test(text) ? Number(text) : -1;
      if (number >= from && number <= to) return value(number);
      return refused(`a whole number from ${from} to ${to}`, `Write for instance ${Math.max(from, 2)}.`);
    },
  };
}

const MOST_PARALLEL = 10_000;

export const parallelInput: InputKind<number | 'auto'> = {
  placeholder: 'N',
  parse: (text) => {
    if (text === 'auto') return value(text);
    const number = wholeNumber({ from: 1, to: MOST_PARALLEL }).parse(text);
    if (number.kind === 'value') return number;
    return refused('auto or a whole number from 1', 'Write for instance 4, or auto.');
  },
};

export const durationInput: InputKind<number> = {
  placeholder: 'TIME',
  parse: (text) => {
    const ms = parseDuration(text);
    return ms === undefined ? refused(DURATION_EXPECTED, durationCure(text)) : value(ms);
  },
};

/** null = no limit. */
export const limitInput: InputKind<number | null> = {
  placeholder: 'TIME',
  parse: (text) => (text === 'none' ? value(null) : durationInput.parse(text)),
};

export const outputLimitInput: InputKind<OutputLimitsAsked> = {
  placeholder: 'SIZE',
  parse: (text) => {
    const limits = parseOutputLimit(text);
    const cure = 'Write for instance 8MB, or stream=8MB,output=20MB,notebook=100MB, or 0 for no limit.';
    return limits === undefined ? refused('a size, or sizes of parts', cure) : value(limits);
  },
};

/** A line's end, or a comma outside brackets: the runs of a sweep are called `train (0.1, 3)`, and `{a,b}` is a glob. */
const SEPARATOR = /[\r\n]|,(?![^(]*\)|[^{]*\})/;

export const listInput = (placeholder: string): InputKind<readonly string[]> => ({
  placeholder,
  repeatable: true,
  parse: (text) => value(text.split(SEPARATOR).flatMap((item) => item.trim() || [])),
});

/** `none` is an empty list. */
export const preloadInput: InputKind<'auto' | readonly string[]> = {
  placeholder: 'MODULES',
  repeatable: true,
  parse: (text) => {
    if (text === 'auto') return value(text);
    if (text === 'none') return value([]);
    const names = text.split(SEPARATOR).flatMap((item) => item.trim() || []);
    if (names.every(isModuleName)) return value(names);
    return refused('auto, none, or names of Python modules', 'Write for instance numpy, matplotlib.pyplot.');
  },
};

export function choice<const T extends string>(...options: readonly T[]): InputKind<T> {
  return {
    placeholder: options.join('|'),
    parse: (text) => {
      const chosen = options.find((option) => option === text);
      if (chosen !== undefined) return value(chosen);
      return refused(`one of ${options.join(', ')}`, `Write for instance ${String(options[0])}.`);
    },
  };
}

function value<T>(parsed: T): Parsed<T> {
  return { kind: 'value', value: parsed };
}

function refused(expected: string, cure: string): Parsed<never> {
  return { kind: 'refused', expected, cure };
}
