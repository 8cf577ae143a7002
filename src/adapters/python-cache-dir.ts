import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * The folder in which environments of our own are kept between batches: the runner's tool cache in GitHub
 * Actions, elsewhere the place that the platform has for caches.
 */
export function defaultCacheDir(
  env: NodeJS.ProcessEnv,
  host: { readonly platform: NodeJS.Platform; readonly home: string } = {
    platform: process.platform,
    home: homedir(),
  },
): string {
  const root = set(env['RUNNER_TOOL_CACHE']) ?? set(env['XDG_CACHE_HOME']) ?? platformCache(env, host);
  return join(root, 'parallel-notebooks');
}

function platformCache(
  env: NodeJS.ProcessEnv,
  { platform, home }: { readonly platform: NodeJS.Platform; readonly home: string },
): string {
  if (platform === 'darwin') return join(home, 'Library', 'Caches');
  if (platform === 'win32') return set(env['LOCALAPPDATA']) ?? join(home, 'AppData', 'Local');
  return join(home, '.cache');
}

/** An empty variable means the same as none. */
function set(value: string | undefined): string | undefined {
  return value === '' ? undefined : value;
}
