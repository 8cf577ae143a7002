import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** An environment that nobody used for so long is removed: each takes 100 MB and more. */
const UNUSED_MS = 30 * 24 * 60 * 60 * 1000;

/**
 * Makes room before an environment is made: removes what interrupted installations of the same key left, and
 * environments that were not used for 30 days. Never fails; what cannot be removed stays.
 */
export async function removeLeftovers(
  cacheDir: string,
  key: string,
  now: number = Date.now(),
): Promise<void> {
  const entries = await readdir(cacheDir).catch(() => []);
  const unused: string[] = [];
  for (const marker of entries.filter((entry) => /^python-.*\.json$/.test(entry))) {
    const usedAt = await stat(join(cacheDir, marker)).then(
      (stats) => stats.mtimeMs,
      () => now,
    );
    if (now - usedAt > UNUSED_MS) unused.push(marker.slice(0, -'.json'.length));
  }
  const condemned = entries.filter((entry) =>
    [key, ...unused].some((name) => entry.startsWith(`${name}-`) || entry === `${name}.json`),
  );
  for (const entry of condemned) {
    await rm(join(cacheDir, entry), { recursive: true, force: true }).catch(() => undefined);
  }
}
