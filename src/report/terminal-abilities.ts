export interface TerminalAbilities {
  /** Whether lines can be drawn over; otherwise plain lines. */
  readonly live: boolean;
  readonly colour: boolean;
  /** Whether ✓ and ━ will be seen as such. */
  readonly unicode: boolean;
  /** Infinity where nothing has to be cut. */
  readonly columns: number;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * What may be written to a stream, from what the user set and the stream is.
 * https://no-color.org, https://force-color.org; where both are set FORCE_COLOR wins, as in Node itself.
 */
export function terminalAbilities(
  env: Environment,
  isTTY: boolean | undefined,
  columns: number | undefined,
): TerminalAbilities {
  const draws = isTTY === true && env['TERM'] !== 'dumb';
  return {
    // Services that give their jobs a terminal still keep what is written as a log.
    live: draws && !isYes(env['CI']),
    colour: forcedColour(env) ?? (draws && !env['NO_COLOR']),
    unicode: showsUnicode(env),
    columns: isTTY === true ? columns || 80 : Infinity,
  };
}

function forcedColour(env: Environment): boolean | undefined {
  const forced = env['FORCE_COLOR'];
  return forced === undefined ? undefined : forced !== '0' && forced !== 'false';
}

function showsUnicode(env: Environment): boolean {
  // The console of Windows before Windows Terminal has a font without these signs.
  if (env['OS'] === 'Windows_NT') return Boolean(env['WT_SESSION'] ?? env['TERM_PROGRAM'] ?? env['TERM']);
  if (env['TERM'] === 'linux') return false;
  // No locale at all is what containers have; their logs are read in a browser or a UTF-8 terminal.
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || 'UTF-8';
  return /utf-?8/i.test(locale);
}

function isYes(value: string | undefined): boolean {
  return value !== undefined && !['', '0', 'false'].includes(value.toLowerCase());
}
