import { WriteStream } from 'node:tty';
import { expect, test } from 'vitest';
import { terminalAbilities } from '../../src/report/terminal-abilities.ts';

const terminal = { TERM: 'xterm-256color', LANG: 'en_US.UTF-8' };

test.each([
  ['a terminal', terminal, { live: true, colour: true, unicode: true }],
  ['NO_COLOR', { ...terminal, NO_COLOR: '1' }, { live: true, colour: false, unicode: true }],
  [
    'an empty NO_COLOR, which counts for nothing',
    { ...terminal, NO_COLOR: '' },
    { live: true, colour: true, unicode: true },
  ],
  ['FORCE_COLOR=0', { ...terminal, FORCE_COLOR: '0' }, { live: true, colour: false, unicode: true }],
  [
    'both, of which FORCE_COLOR wins',
    { ...terminal, NO_COLOR: '1', FORCE_COLOR: '1' },
    { live: true, colour: true, unicode: true },
  ],
  ['TERM=dumb', { ...terminal, TERM: 'dumb' }, { live: false, colour: false, unicode: true }],
  ['a CI service with a terminal', { ...terminal, CI: 'true' }, { live: false, colour: true, unicode: true }],
  ['CI=false', { ...terminal, CI: 'false' }, { live: true, colour: true, unicode: true }],
  ['the Linux console', { ...terminal, TERM: 'linux' }, { live: true, colour: true, unicode: false }],
  [
    'the C locale',
    { TERM: 'xterm', LANG: 'en_US.UTF-8', LC_ALL: 'C' },
    { live: true, colour: true, unicode: false },
  ],
  ['no locale at all', { TERM: 'xterm' }, { live: true, colour: true, unicode: true }],
  ['the old Windows console', { OS: 'Windows_NT' }, { live: true, colour: true, unicode: false }],
  ['Windows Terminal', { OS: 'Windows_NT', WT_SESSION: 'x' }, { live: true, colour: true, unicode: true }],
])('%s', (_title, env, abilities) => {
  expect(terminalAbilities(env, true, 100)).toEqual({ ...abilities, columns: 100 });
});

test('a pipe gets plain lines of any length, coloured only by force', () => {
  const plain = { live: false, colour: false, unicode: true, columns: Infinity };
  expect(terminalAbilities(terminal, false, undefined)).toEqual(plain);
  expect(terminalAbilities(terminal, undefined, undefined)).toEqual(plain);
  expect(terminalAbilities({ ...terminal, FORCE_COLOR: '1' }, false, undefined)).toEqual({
    ...plain,
    colour: true,
  });
});

test
  .skipIf(process.platform === 'win32')
  .each([
    {},
    { NO_COLOR: '1' },
    { FORCE_COLOR: '0' },
    { FORCE_COLOR: '1' },
    { FORCE_COLOR: '' },
    { NO_COLOR: '1', FORCE_COLOR: '3' },
    { TERM: 'dumb' },
  ])('a terminal is coloured when Node would colour it: %j', (env) => {
  const merged = { ...terminal, ...env };
  const hasColors = WriteStream.prototype.getColorDepth.call(undefined, merged) > 1;
  expect(terminalAbilities(merged, true, 80).colour).toBe(hasColors);
});
