import { join } from 'node:path';

import { expect, test } from 'vitest';

import { defaultCacheDir } from '../../src/adapters/python-cache-dir.ts';

test.each([
  ['linux', {}, '/home/ann/.cache'],
  ['linux', { XDG_CACHE_HOME: '/caches' }, '/caches'],
  ['linux', { XDG_CACHE_HOME: '' }, '/home/ann/.cache'],
  ['linux', { RUNNER_TOOL_CACHE: '/opt/tools', XDG_CACHE_HOME: '/caches' }, '/opt/tools'],
  ['darwin', {}, '/home/ann/Library/Caches'],
  ['win32', { LOCALAPPDATA: 'C:/Users/Ann/Local' }, 'C:/Users/Ann/Local'],
  ['win32', {}, '/home/ann/AppData/Local'],
] as const)('on %s with %j packages are kept below %s', (platform, env, root) => {
  expect(defaultCacheDir(env, { platform, home: '/home/ann' })).toBe(join(root, 'parallel-notebooks'));
});
