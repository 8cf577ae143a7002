/**
 * Seconds (`90`, `0.5`) or parts in falling units (`1h30m`, `90s`, `500ms`), above zero. The JSON Schema uses it too,
 * so it stays within what every editor's regular expressions know.
 */
export const DURATION_PATTERN =
  '^(?=.*[1-9])(?:\\d+(?:\\.\\d+)?|(?=\\d)(?:\\d+(?:\\.\\d+)?h)?(?:\\d+(?:\\.\\d+)?m)?(?:\\d+(?:\\.\\d+)?s)?(?:\\d+(?:\\.\\d+)?ms)?)$';

/** A timer of Node set for longer fires at once. https://nodejs.org/api/timers.html#settimeoutcallback-delay-args */
export const LONGEST_DURATION_MS = 2 ** 31 - 1;

/** What a message says is expected. */
export const DURATION_EXPECTED = 'seconds above 0';

const DURATION = new RegExp(DURATION_PATTERN);
const UNIT_MS: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 };

/** Milliseconds, at least 1; undefined when the text is no duration above zero and up to 24 days. */
export function parseDuration(text: string): number | undefined {
  const trimmed = text.trim();
  if (!DURATION.test(trimmed)) return undefined;
  const parts = Array.from(trimmed.matchAll(/([\d.]+)(h|ms|m|s|$)/g), ([, count, unit]) => {
    return Number(count) * (UNIT_MS[unit ?? ''] ?? 1000);
  });
  return durationMs(parts.reduce((sum, part) => sum + part, 0));
}

/** Whole milliseconds, at least 1, of a number of them; undefined when a timer cannot wait so long. */
export function durationMs(ms: number): number | undefined {
  if (!(ms > 0 && ms <= LONGEST_DURATION_MS)) return undefined;
  return Math.max(1, Math.round(ms));
}

/** How to write what was probably meant: `Write 300 or "5m".` for `5 min`. */
export function durationCure(text: string): string {
  const [, count = '', unit = ''] = /^(\d+(?:\.\d+)?)\s*(ms|milli|[smh])[a-z]*\.?$/i.exec(text.trim()) ?? [];
  const short = unit.toLowerCase().replace('milli', 'ms');
  const ms = parseDuration(count + short);
  if (short !== '' && ms !== undefined) return `Write ${ms / 1000} or "${count}${short}".`;
  return 'Write for instance 90, "90s", "5m" or "1h30m", at most 576h.';
}
