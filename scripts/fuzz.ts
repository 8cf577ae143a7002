/**
 * Holds the properties in as many cases as there is time for, and says how to see the same ones again:
 *
 *     npm run fuzz                    about two minutes on two CPUs, a seed of its own
 *     npm run fuzz -- 12345           with that seed
 *     npm run fuzz -- 12345 600       with 600 seconds for each property instead of 15
 */
import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { fileURLToPath } from 'node:url';

const SECONDS = 15;

const [givenSeed, givenSeconds] = process.argv.slice(2);
const seed = givenSeed ?? String(randomInt(2 ** 31));
const seconds = Number(givenSeconds ?? SECONDS);
if (!/^-?\d+$/.test(seed) || !(seconds > 0)) throw new Error('Usage: npm run fuzz -- [SEED [SECONDS]]');

const again = `npm run fuzz -- ${seed}${seconds === SECONDS ? '' : ` ${seconds}`}`;
process.stdout.write(`Fuzzing with seed ${seed}, ${seconds} s for each property. The same again: ${again}\n`);
const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url));
const { status } = spawnSync(process.execPath, [vitest, 'run', '--config', 'vitest.fuzz.config.ts'], {
  cwd: fileURLToPath(new URL('../', import.meta.url)),
  env: { ...process.env, FUZZ_SEED: seed, FUZZ_MS: String(seconds * 1_000) },
  stdio: 'inherit',
});
if (status !== 0) process.stdout.write(`A property failed with seed ${seed}. The same again: ${again}\n`);
process.exitCode = status ?? 1;
