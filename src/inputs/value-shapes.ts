import {
  durationCure,
  durationMs,
  DURATION_EXPECTED,
  DURATION_PATTERN,
  parseDuration,
} from './parse-duration.ts';
import { parseSize } from './parse-size.ts';
import { quoted } from './describe-value.ts';
import { isModuleName, MODULE_PATTERN } from './module-names.ts';
import type { LocatedNode } from './located-node.ts';
import { valuesOf } from './located-node.ts';
import type { Parameters } from '../model.ts';
import type { Report, Shape } from './shape.ts';
import { mistake } from './shape.ts';

/** A text that is not blank. */
export const text: Shape<string> = {
  schema: { type: 'string', pattern: '\\S' },
  read: (node, report) => {
    if (node.kind !== 'string') report(mistake(node, 'text', quoteIt(node)));
    else if (node.value.trim() === '')
      report(mistake(node, 'text that is not blank', 'Write it, or remove the key.'));
    else if (node.value.includes('\0')) report(mistake(node, 'text', 'Remove the NUL character.'));
    else return node.value;
    return undefined;
  },
};

export const flag: Shape<boolean> = {
  schema: { type: 'boolean' },
  read: (node, report) => {
    if (node.kind === 'boolean') return node.value;
    report(mistake(node, 'true or false', 'Write it without quotes.'));
    return undefined;
  },
};

const MOST_RETRIES = 1000; // more is a typing mistake

/** A whole number from 0. */
export const count: Shape<number> = {
  schema: { type: 'integer', minimum: 0, maximum: MOST_RETRIES },
  read: (node, report) => {
    const value = node.kind === 'int' || node.kind === 'float' ? Number(node.value) : NaN;
    if (Number.isInteger(value) && value >= 0 && value <= MOST_RETRIES) return value;
    report(
      mistake(node, `a whole number from 0 to ${MOST_RETRIES}`, 'Write for instance 2, without quotes.'),
    );
    return undefined;
  },
};

/** Milliseconds of seconds or `90s`, `5m`, `2h`. */
export const duration: Shape<number> = {
  schema: {
    anyOf: [
      { type: 'number', exclusiveMinimum: 0 },
      { type: 'string', pattern: DURATION_PATTERN },
    ],
  },
  read: (node, report) => {
    const ms = readDuration(node);
    if (ms === undefined) {
      report(mistake(node, DURATION_EXPECTED, durationCure(node.kind === 'string' ? node.value : '')));
    }
    return ms;
  },
};

/** As a duration; null for no limit, written null or "none". */
export const durationOrNone: Shape<number | null> = {
  schema: {
    anyOf: [
      { type: 'number', exclusiveMinimum: 0 },
      { type: 'string', pattern: DURATION_PATTERN },
      { enum: [null, 'none'] },
    ],
  },
  read: (node, report) => {
    const none = node.kind === 'null' || (node.kind === 'string' && node.value === 'none');
    return none ? null : duration.read(node, report);
  },
};

function readDuration(node: LocatedNode): number | undefined {
  if (node.kind === 'string') return parseDuration(node.value);
  if (node.kind === 'int' || node.kind === 'float') return durationMs(Number(node.value) * 1000);
  return undefined;
}

/** Words to select by. `select` separates by commas and lines, so that a tag has neither. */
/** Below this, no kernel can start. */
const LEAST_MEMORY_BYTES = 64e6;

export const memory: Shape<number> = {
  schema: { type: 'string', pattern: '^\\s*[0-9]+(\\.[0-9]+)?\\s*([KkMmGg]([Ii]?[Bb]))\\s*$' },
  read: (node, report) => {
    const bytes = node.kind === 'string' && /[a-z]/i.test(node.value) ? parseSize(node.value) : undefined;
    if (bytes !== undefined && bytes >= LEAST_MEMORY_BYTES) return bytes;
    report(mistake(node, 'a size from 64MB', 'Write for instance "2GB" or "512MiB".'));
    return undefined;
  },
};

export const tags: Shape<readonly string[]> = {
  schema: { type: 'array', items: { type: 'string', pattern: '^\\s*[^\\s,][^,\\r\\n]*$' } },
  read: (node, report) => {
    if (node.kind !== 'array') {
      report(
        mistake(
          node,
          'a list of words',
          node.kind === 'string' ? `Write [${quoted(node.value)}].` : WORD_LIST,
        ),
      );
      return undefined;
    }
    return node.items.flatMap((item) => {
      if (item.kind === 'string' && /^\s*[^\s,][^,\r\n]*$/.test(item.value)) return [item.value.trim()];
      report(mistake(item, 'a word without commas', WORD_LIST));
      return [];
    });
  },
};

const WORD_LIST = 'Write for instance ["nightly", "slow"].';

/** Environment variables: name → text. */
export const environment: Shape<ReadonlyMap<string, string>> = {
  schema: {
    type: 'object',
    propertyNames: { pattern: '^[^=]+$' },
    additionalProperties: { type: 'string' },
  },
  read: (node, report) => {
    if (node.kind !== 'object') {
      report(mistake(node, 'an object of name and text', 'Write for instance {"OMP_NUM_THREADS": "2"}.'));
      return undefined;
    }
    return new Map(
      node.entries.flatMap(({ key, keyPlace, value }) => {
        if (!/^[^=\0]+$/.test(key)) {
          report({
            ...keyPlace,
            message: `${quoted(key)} cannot name a variable. Write a name without "=".`,
          });
        }
        const variable = readVariable(value, report);
        return variable === undefined ? [] : [[key, variable] as const];
      }),
    );
  },
};

function readVariable(node: LocatedNode, report: Report): string | undefined {
  if (node.kind === 'string' && !node.value.includes('\0')) return node.value;
  report(mistake(node, 'text, as every environment variable is', quoteIt(node)));
  return undefined;
}

/** Names and values of any kind. */
export const values: Shape<Parameters> = {
  schema: { type: 'object', propertyNames: { minLength: 1 } },
  read: (node, report) => {
    if (node.kind !== 'object') {
      report(
        mistake(node, 'an object of name and value', 'Write for instance {"alpha": 0.1}, or {} for none.'),
      );
      return undefined;
    }
    const nameless = node.entries.find((entry) => entry.key === '');
    if (nameless !== undefined) report({ ...nameless.keyPlace, message: 'a value has no name. Write one.' });
    return valuesOf(node);
  },
};

/** Imports that the run's kernel shares with others; none is an empty list. */
export const preload: Shape<'auto' | readonly string[]> = {
  schema: {
    anyOf: [
      { enum: ['auto', 'none'] },
      { type: 'array', items: { type: 'string', pattern: MODULE_PATTERN } },
    ],
  },
  read: (node, report) => {
    if (node.kind === 'string' && node.value === 'auto') return 'auto';
    if (node.kind === 'string' && node.value === 'none') return [];
    if (node.kind !== 'array') {
      const isOne = node.kind === 'string' && isModuleName(node.value);
      const cure = isOne ? `Write [${quoted(node.value)}].` : MODULE_LIST;
      report(mistake(node, '"auto", "none" or a list of Python modules', cure));
      return undefined;
    }
    return node.items.flatMap((item) => {
      if (item.kind === 'string' && isModuleName(item.value)) return [item.value];
      report(mistake(item, 'the name of a Python module', MODULE_LIST));
      return [];
    });
  },
};

const MODULE_LIST = 'Write for instance ["numpy", "matplotlib.pyplot"].';

function quoteIt(node: LocatedNode): string {
  const scalar = node.kind === 'int' || node.kind === 'float' || node.kind === 'boolean';
  return scalar ? `Quote it: "${String(node.value)}".` : 'Write it in quotes.';
}
