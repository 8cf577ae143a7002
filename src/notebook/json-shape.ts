import { isRawNumber } from './raw-number.ts';
import type { JsonObject } from './types.ts';

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isRawNumber(value);
}

export function isStringList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

/** A text as files hold it, one string or a list of lines, as one string; undefined for anything else. */
export function joinedText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return isStringList(value) ? value.join('') : undefined;
}

/** True when arrays and objects are nested more than `limit` deep. */
export function isDeeperThan(value: unknown, limit: number): boolean {
  const pending: { value: unknown; depth: number }[] = [{ value, depth: 0 }];
  for (let next = pending.pop(); next; next = pending.pop()) {
    if (typeof next.value !== 'object' || next.value === null) continue;
    const depth = next.depth + 1;
    if (depth > limit) return true;
    for (const member of Object.values(next.value) as unknown[]) {
      if (typeof member === 'object' && member !== null) pending.push({ value: member, depth });
    }
  }
  return false;
}
