import { codeSpan } from './inert-markdown.ts';

/** A measured number with up to five digits that count. Long ones as code: GitHub would take them for a commit. */
export function numberText(value: number): string {
  const text = String(Number(value.toPrecision(5)));
  return /^-?\d{1,6}(?:\.\d{1,6})?$/.test(text) ? text : codeSpan(text);
}
