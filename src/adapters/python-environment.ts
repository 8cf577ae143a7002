import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { messageOf, UserError } from '../errors.ts';
import { environmentKey } from './python-environment-key.ts';
import type { Command } from './python-environment-ways.ts';
import { environmentWay, pythonOf } from './python-environment-ways.ts';
import { runPythonChild } from './python-child.ts';
import { installError } from './python-install-error.ts';
import { removeLeftovers } from './python-leftovers.ts';
import { withLock } from './python-lock.ts';
import { missingPackages } from './python-packages.ts';
import { showParentKernels, showParentPackages } from './python-parent-packages.ts';
import type { ProbedPython } from './python-probe.ts';
import { probePython } from './python-probe.ts';
import type { Requirements } from './python-requirements.ts';

export interface EnvironmentOrder {
  /** The interpreter whose packages stay visible. It is not changed. */
  readonly parent: ProbedPython;
  /** What this program needs, as arguments of `pip install`. */
  readonly specs: readonly string[];
  readonly requirements: Requirements;
  readonly cacheDir: string;
  readonly env: NodeJS.ProcessEnv;
  /** Said before the slow part, once. */
  readonly announce: () => void;
  /** Said when another process is at it. */
  readonly announceWait: () => void;
  readonly signal: AbortSignal;
}

/** Copies files; slow on network disks. */
const CREATE_DEADLINE_MS = 5 * 60_000;
/** Downloads: a requirements file with PyTorch is 5 GB. */
const INSTALL_DEADLINE_MS = 60 * 60_000;

/** pip settings that would send packages somewhere else than into the environment; `0` also beats pip's own configuration. */
const PIP_SETTINGS = { PIP_USER: '0', PIP_TARGET: undefined, PIP_PREFIX: undefined, PIP_ROOT: undefined };

/**
 * An environment with our packages and the user's requirements on top of the parent's packages: the one kept
 * from before, or a new one. Every environment is built in a folder of its own and named by a marker file when it
 * is complete, so an interrupted installation is never taken for an environment.
 * Throws UserError or InfrastructureError when installing fails.
 */
export async function ownEnvironment(order: EnvironmentOrder): Promise<ProbedPython> {
  const { parent, specs, requirements, cacheDir, signal } = order;
  const key = environmentKey(parent, specs, requirements);
  const kept = (await keptEnvironment(order, key)) ?? (await lockAndBuild());
  await showParentKernels(kept, parent);
  return kept;

  async function lockAndBuild(): Promise<ProbedPython> {
    await makeCacheDir(cacheDir);
    const lock = {
      path: join(cacheDir, `${key}.lock`),
      deadlineMs: CREATE_DEADLINE_MS + INSTALL_DEADLINE_MS,
      signal,
      onWait: order.announceWait,
    };
    return withLock(lock, async () => {
      const made = await keptEnvironment(order, key);
      if (made !== undefined) return made;
      order.announce();
      await removeLeftovers(cacheDir, key);
      return build(order, key);
    });
  }
}

/** The complete environment of this key, if there is one that still works. */
async function keptEnvironment(order: EnvironmentOrder, key: string): Promise<ProbedPython | undefined> {
  const marker = join(order.cacheDir, `${key}.json`);
  const directory = await readFile(marker, 'utf8').then(
    (text) => (JSON.parse(text) as { directory: string }).directory,
    () => undefined,
  );
  if (directory === undefined) return undefined;
  const python = await probeEnvironment(order, directory);
  if (python === undefined || missingPackages(python).length > 0) return undefined;
  await utimes(marker, new Date(), new Date()).catch(() => undefined);
  return python;
}

async function build(order: EnvironmentOrder, key: string): Promise<ProbedPython> {
  const { parent, cacheDir, requirements } = order;
  const directory = join(cacheDir, `${key}-${randomBytes(3).toString('hex')}`);
  const logFile = join(cacheDir, `${key}.log`);
  await writeFile(logFile, '');
  try {
    const way = environmentWay(parent, { hasUv: await hasUv(order) });
    await step(order, logFile, way.create(directory), CREATE_DEADLINE_MS);
    const bare = await probeEnvironment(order, directory);
    if (bare === undefined)
      throw installError(`The environment made with ${way.name} does not work.`, logFile);
    await showParentPackages(bare, parent);

    for (const specs of installSteps(order.specs, requirements)) {
      await step(order, logFile, way.install(directory, specs), INSTALL_DEADLINE_MS);
    }
    const python = await probeEnvironment(order, directory);
    const missing = python === undefined ? [] : missingPackages(python);
    if (python === undefined || missing.length > 0) {
      const needs = missing.map((rule) => `${rule.name} ${rule.atLeast} or newer`).join(' and ');
      throw new UserError(
        `The requirements were installed, and then ${needs || 'Python'} is missing. Loosen the pin that holds it back.`,
      );
    }
    // Written beside and renamed: a reader sees no marker or a whole one.
    const marker = join(cacheDir, `${key}.json`);
    await writeFile(`${directory}.json.new`, `${JSON.stringify({ directory })}\n`);
    await rename(`${directory}.json.new`, marker);
    return python;
  } catch (error) {
    await rm(directory, { recursive: true, force: true }).catch(() => undefined);
    throw error;
  }
}

/** In one step, so that contradictions come to light; pip in its hash-checking mode refuses ours, which have none. */
function installSteps(specs: readonly string[], { files, hashed }: Requirements): string[][] {
  const requested = files.flatMap((file) => ['-r', file]);
  return hashed ? [requested, [...specs]] : [[...specs, ...requested]];
}

async function step(
  order: EnvironmentOrder,
  logFile: string,
  { command, args }: Command,
  deadlineMs: number,
): Promise<void> {
  await using log = await open(logFile, 'a');
  await log.write(`$ ${[command, ...args].join(' ')}\n`);
  const end = await runPythonChild({
    command,
    args,
    env: { ...order.env, ...PIP_SETTINGS },
    deadlineMs,
    signal: order.signal,
    outputFile: log.fd,
  });
  if (end.kind === 'exited' && end.code === 0) return;
  if (end.kind === 'timed-out') await log.write(`Ended after ${deadlineMs / 60_000} minutes.\n`);
  if (end.kind === 'not-started') await log.write(`${end.reason}\n`);
  throw installError(await readFile(logFile, 'utf8'), logFile);
}

async function probeEnvironment(
  order: EnvironmentOrder,
  directory: string,
): Promise<ProbedPython | undefined> {
  const outcome = await probePython({ command: pythonOf(directory), args: [] }, order);
  return outcome.kind === 'python' ? outcome.python : undefined;
}

async function hasUv({ parent, env, signal }: EnvironmentOrder): Promise<boolean> {
  if (parent.hasVenv && parent.hasEnsurepip) return false;
  const end = await runPythonChild({ command: 'uv', args: ['--version'], env, deadlineMs: 30_000, signal });
  return end.kind === 'exited' && end.code === 0;
}

async function makeCacheDir(cacheDir: string): Promise<void> {
  try {
    await mkdir(cacheDir, { recursive: true });
  } catch (error) {
    throw new UserError(
      `Packages cannot be kept in "${cacheDir}": ${messageOf(error)}. Set XDG_CACHE_HOME to a folder that can be written.`,
      { cause: error },
    );
  }
}
