import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Value } from '../../src/model.ts';
import { languageOf, LANGUAGES } from '../../src/plan/languages.ts';
import { bash } from '../../src/plan/languages/bash.ts';
import type { Language } from '../../src/plan/languages/language.ts';
import { parameterSource } from '../../src/plan/parameter-source.ts';
import { jsonValue, parametersOf } from './json-value.ts';

/** Value → language → assignment, or `! ` and why it is refused; each row was checked by hand against the language's grammar. */
const golden = JSON.parse(readFileSync(new URL('languages.golden.json', import.meta.url), 'utf8')) as Record<
  string,
  Record<string, string>
>;

function assignment(value: Value, language: Language): string {
  const { source, problems } = parameterSource(new Map([['x', value]]), language);
  if (problems.length > 0) return `! ${problems.map(({ message }) => message).join(' ')}`;
  return source.split('\n').slice(1, -1).join('\n');
}

test('every language writes every value as it keeps it, or refuses it', () => {
  const others = LANGUAGES.filter(({ name }) => name !== 'Python');
  const ours = Object.keys(golden).map((text) => [
    text,
    Object.fromEntries(others.map((language) => [language.name, assignment(jsonValue(text), language)])),
  ]);
  expect(Object.fromEntries(ours)).toEqual(golden);
  expect(ours.length * others.length).toBeGreaterThan(500);
});

test.each([
  ['python3', '# Parameters\na = 1\nb = "x"\n'],
  ['ir', '# Parameters\na = 1\nb = "x"\n'],
  ['scala', '// Parameters\nval a = 1\nval b = "x"\n'],
  ['julia-1.10', '# Parameters\na = 1\nb = "x"\n'],
  ['matlab', '% Parameters\na = 1;\nb = "x";\n'],
  ['.net-csharp', '// Parameters\nvar a = 1;\nvar b = "x";\n'],
  ['.net-fsharp', '(* Parameters *)\nlet a = 1\nlet b = "x"\n'],
  ['.net-powershell', "# Parameters\n$a = 1\n$b = 'x'\n"],
  ['bash', '# Parameters\na=1\nb=x\n'],
])('%s gets a comment and one assignment per line, in order', (kernelName, source) => {
  const language = languageOf({ kernelName, language: 'unknown' });
  if (language === undefined) throw new Error('no language');
  expect(parameterSource(parametersOf('{"a": 1, "b": "x"}'), language)).toEqual({ source, problems: [] });
});

test.each([
  ['pysparkkernel', 'scala', 'Python'],
  ['sparkkernel', 'python', 'Scala'],
  ['sparkrkernel', 'python', 'R'],
  ['my-env', 'R', 'R'],
  ['my-env', 'MATLAB', 'MATLAB'],
  ['my-env', 'F#', 'F#'],
  [undefined, 'python', 'Python'],
  ['evcxr', 'rust', undefined],
])('kernel %s of language %s is written in %s', (kernelName, language, expected) => {
  expect(languageOf({ kernelName, language })?.name).toBe(expected);
});

test.each([
  ['python3', 'class', '"class" means something else in Python. Choose another name.'],
  ['python3', 'x; import os', '"x; import os" cannot be a variable of Python, which needs letters, digits and _, and no digit first. Write for instance "x_import_os".'], // prettier-ignore
  ['python3', '1st', '"1st" cannot be a variable of Python, which needs letters, digits and _, and no digit first. Write for instance "p_1st".'], // prettier-ignore
  ['python3', 'x\n', '"x\n" cannot be a variable of Python, which needs letters, digits and _, and no digit first. Write for instance "x".'], // prettier-ignore
  ['ir', '_x', '"_x" cannot be a variable of R, which needs letters, digits, . and _, and a letter first (or a . that no digit follows). Write for instance "x".'], // prettier-ignore
  ['ir', 'TRUE', '"TRUE" means something else in R. Choose another name.'],
  ['julia-1.10', '__', '"__" cannot be a variable of Julia, which needs letters, digits and _, and no digit first. Write for instance "p_".'], // prettier-ignore
  ['bash', 'b; id', '"b; id" cannot be a variable of Bash, which needs letters from A to Z, digits and _, and no digit first. Write for instance "b_id".'], // prettier-ignore
  ['bash', 'UID', '"UID" means something else in Bash. Choose another name.'],
  ['matlab', 'a'.repeat(64), `"${'a'.repeat(64)}" cannot be a variable of MATLAB, which needs letters from A to Z, digits and _, a letter first, and at most 63 characters.`], // prettier-ignore
  ['.net-powershell', 'TRUE', '"TRUE" means something else in PowerShell. Choose another name.'],
  ['.net-csharp', 'object', '"object" means something else in C#. Choose another name.'],
])('%s refuses the name %j', (kernelName, name, message) => {
  const language = languageOf({ kernelName, language: '' });
  if (language === undefined) throw new Error('no language');
  const { source, problems } = parameterSource(new Map([[name, 1n]]), language);
  expect(problems).toEqual([{ path: [name], message }]);
  expect(source.split('\n')).toHaveLength(2);
});

test('names that a language without case takes for one are refused', () => {
  const language = languageOf({ kernelName: '.net-powershell', language: '' });
  const source = language && parameterSource(parametersOf('{"alpha": 1, "Alpha": 2}'), language);
  expect(source?.problems.map(({ message }) => message)).toEqual([
    '"alpha" and "Alpha" are one variable in PowerShell, where upper and lower case are the same. Rename one.',
  ]);
});

test('names in other scripts are variables where the language has them', () => {
  const takes = LANGUAGES.filter(
    (language) => parameterSource(new Map([['größe', 1n]]), language).problems.length === 0,
  );
  expect(takes.map(({ name }) => name)).toEqual(['Python', 'Julia', 'Scala', 'C#', 'F#', 'PowerShell']);
});

test('nesting that would overflow the parser of the language is refused', () => {
  const nested = (depth: number): Value => (depth === 0 ? 1n : [nested(depth - 1)]);
  for (const language of LANGUAGES.filter(({ name }) => name !== 'Bash')) {
    expect(assignment(nested(language.maxNesting), language)).not.toMatch(/^!/);
    const { problems } = parameterSource(new Map([['x', nested(1000)]]), language);
    expect(problems).toEqual([
      {
        path: ['x'],
        message: `The value is nested more than ${language.maxNesting} deep, which ${language.name} cannot read. Write it to a file and pass its path.`,
      },
    ]);
  }
});

test('text that is too long for one literal is written in pieces', () => {
  const written = (name: string) =>
    assignment('é'.repeat(12_000), LANGUAGES.find((each) => each.name === name) ?? bash);
  expect(written('R')).toMatch(
    /^x = paste0\("(?:\\u00e9){5000}", "(?:\\u00e9){5000}", "(?:\\u00e9){2000}"\)$/,
  );
  expect(written('Scala')).toMatch(/^val x = Seq\("(?:\\u00e9){10000}", "(?:\\u00e9){2000}"\).mkString$/);
});

/** The values that a real bash has after running the assignments. */
function inBash(values: readonly (readonly string[] | string)[]): string[][] {
  const script = values.map(
    (value) => `${assignment(value, bash)}\nprintf '%s\\0' "\${#x[@]}" "\${x[@]}"\nunset x\n`,
  );
  const env = { ...process.env, LC_ALL: 'C.UTF-8' };
  const fields = execFileSync('bash', ['--norc', '-s'], {
    input: script.join(''),
    env,
    encoding: 'utf8',
  }).split('\0');
  const results: string[][] = [];
  for (let start = 0; start < fields.length - 1; start += Number(fields[start]) + 1) {
    results.push(fields.slice(start + 1, start + 1 + Number(fields[start])));
  }
  return results;
}

test('bash receives any text, alone and in arrays, as it was', () => {
  const text = fc.string({ unit: 'binary' }).map((each) => each.replaceAll('\0', ''));
  const hostile = [
    '',
    "'",
    '"',
    '\\',
    '$(id)',
    '`id`',
    '!!',
    '~',
    '*',
    "a'b\n$x",
    '\t',
    '\x7f',
    '\x1b[0m',
    '\r\n',
    'a b',
    '-n',
    '\\\n',
  ];
  fc.assert(
    fc.property(
      fc.array(fc.oneof(text, fc.constantFrom(...hostile), fc.array(text, { minLength: 1 })), {
        minLength: 50,
        maxLength: 200,
      }),
      (values) => {
        expect(inBash(values)).toEqual(values.map((value) => (typeof value === 'string' ? [value] : value)));
      },
    ),
    { numRuns: 20 },
  );
});
