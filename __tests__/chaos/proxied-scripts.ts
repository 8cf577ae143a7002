import { cp, mkdtemp, rename } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A copy of python/ whose server stands behind a proxy; orders for it are files in this folder. See proxied_server.py. */
export async function proxiedScripts(): Promise<string> {
  const scripts = await mkdtemp(join(tmpdir(), 'scripts-'));
  await cp(join(import.meta.dirname, '../../python'), scripts, { recursive: true });
  await rename(join(scripts, 'launch_server.py'), join(scripts, 'real_launch_server.py'));
  await cp(join(import.meta.dirname, 'proxied_server.py'), join(scripts, 'launch_server.py'));
  return scripts;
}
