import { didYouMean } from './did-you-mean.ts';

export interface Resolved {
  readonly text: string;
  /** The names it uses. */
  readonly used: ReadonlySet<string>;
  /** What is wrong, each a message without place. */
  readonly mistakes: readonly string[];
}

const PART = /\{\{|\}\}|\{([^{}]*)\}|[{}]/g;

/** Puts texts in place of `{name}`; `{{` and `}}` are braces, as in Python's `str.format`. */
export function resolveTemplate(template: string, values: ReadonlyMap<string, () => string>): Resolved {
  const used = new Set<string>();
  const mistakes = new Map<string, string>();
  const text = template.replace(PART, (part: string, name: string | undefined) => {
    if (part === '{{') return '{';
    if (part === '}}') return '}';
    if (name === undefined) {
      if (!mistakes.has(part))
        mistakes.set(
          part,
          `"${template}" has a single "${part}". Write "${part}${part}" for the character itself.`,
        );
      return part;
    }
    const value = values.get(name);
    used.add(name);
    if (value !== undefined) return value();
    if (mistakes.has(part)) return part;
    const known = [...values.keys()];
    const hint = didYouMean(name, known) || (known.length > 0 ? ` There are: ${known.join(', ')}.` : '');
    mistakes.set(part, `"{${name}}" in "${template}" is not a parameter of this run.${hint}`);
    return part;
  });
  return { text, used, mistakes: [...mistakes.values()] };
}
