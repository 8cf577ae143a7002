import { isRawNumber } from '../notebook/raw-number.ts';
import type { Json } from '../notebook/types.ts';

/** The value with every text in it, keys included, replaced by what `text` makes of it. */
export function jsonTexts<T extends Json>(value: T, text: (original: string) => string): T {
  return mapped(value, text) as T;
}

function mapped(value: Json, text: (original: string) => string): Json {
  if (typeof value === 'string') return text(value);
  if (typeof value !== 'object' || value === null || isRawNumber(value)) return value;
  if (Array.isArray(value)) return value.map((item) => mapped(item, text));
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [text(key), mapped(member, text)]));
}
