/**
 * Writes dist/licenses.txt, the licences of everything in the bundle: node scripts/write-licenses.ts STATS
 *
 * STATS is what ncc says of the bundle (`--stats-out`). Its own `--license` leaves out every package that is made of
 * modules of today.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { licenseTexts, packageFolder } from './license-text.ts';

interface Module {
  readonly name?: string;
  readonly modules?: readonly Module[];
}

const [statsFile = ''] = process.argv.slice(2);
const stats = JSON.parse(readFileSync(statsFile, 'utf8')) as Module;
rmSync(statsFile); // 50 MB
const folders = new Set(namesIn(stats).flatMap((name) => packageFolder(name) ?? []));
if (folders.size < 50) throw new Error(`${statsFile} names only ${folders.size} packages.`);
writeFileSync(new URL('../dist/licenses.txt', import.meta.url), licenseTexts(folders));

function namesIn({ name, modules = [] }: Module): string[] {
  return [...(name === undefined ? [] : [name]), ...modules.flatMap(namesIn)];
}
