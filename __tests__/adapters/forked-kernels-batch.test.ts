import { readdirSync, readFileSync } from 'node:fs';
import pLimit from 'p-limit';
import { expect, it, vi } from 'vitest';
import { leftoverProcesses } from '../../src/adapters/leftover-processes.ts';
import { commandOf } from '../chaos/marked-processes.ts';
import { aBatch, execute, IS_FORKED } from './forked-kernels.ts';

const linux = process.platform === 'linux';
const KERNELS = 200;
const AT_ONCE = 4;
/** Generous: a loaded machine may take seconds for what takes milliseconds. */
const PATIENCE = { timeout: 30_000, interval: 100 };

it.runIf(linux)(
  `starts ${KERNELS} kernels in one batch, and leaves nothing behind`,
  { timeout: 600_000 },
  async () => {
    const shared = readdirSync('/dev/shm');
    const batch = await aBatch({ imports: ['numpy', 'pandas'] });
    const server = Number(await batch.text('import os; print(os.getppid())'));
    await vi.waitFor(() => expect(childrenOf(server)).toHaveLength(1), PATIENCE);
    const filesBefore = openFiles(server);
    const limit = pLimit(AT_ONCE);
    const cell = (index: number): string => `import pandas, os; print(${index}, os.getppid())`;
    const numbers = Array.from({ length: KERNELS }, (_, index) => index);
    const texts = await Promise.all(
      numbers.map((index) => limit(() => batch.text([cell(index), IS_FORKED]))),
    );
    expect(texts).toEqual(numbers.map((index) => `${index} ${server}\nTrue\n`));
    expect(batch.notes).toEqual([]);
    // The template is the only child of the server: no kernel, and no zombie that nobody waited for.
    await vi.waitFor(() => expect(childrenOf(server)).toHaveLength(1), PATIENCE);
    expect(leftoverProcesses(batch.batchId)).toHaveLength(2);
    // The server keeps some connections of clients alive.
    await vi.waitFor(() => expect(openFiles(server) - filesBefore).toBeLessThan(20), PATIENCE);
    await batch[Symbol.asyncDispose]();
    expect(leftoverProcesses(batch.batchId)).toEqual([]);
    // What other tests have there at the moment goes.
    const added = (): string[] => readdirSync('/dev/shm').filter((name) => !shared.includes(name));
    await vi.waitFor(() => expect(added()).toEqual([]), PATIENCE);
  },
);

it.runIf(linux)('ends kernels and template when the server is killed', async () => {
  const batch = await aBatch({ imports: ['numpy'] });
  const session = await batch.open();
  const { text } = await execute(session, 'import os; print(os.getppid())');
  expect(leftoverProcesses(batch.batchId)).toHaveLength(3);
  process.kill(Number(text), 'SIGKILL');
  await vi.waitFor(() => expect(leftoverProcesses(batch.batchId)).toEqual([]), PATIENCE);
  session.close();
  await batch[Symbol.asyncDispose]();
});

it.runIf(linux)('has no template when kernels are to be launched', async () => {
  const batch = await aBatch({});
  expect(await batch.text(IS_FORKED)).toBe('False\n');
  const commands = leftoverProcesses(batch.batchId).map(commandOf);
  expect(commands.filter((command) => command.includes('fork_template'))).toEqual([]);
  expect(batch.notes).toEqual([]);
  await batch[Symbol.asyncDispose]();
});

/** Zombies included. */
function childrenOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => parentOf(pid) === parent)
    .map(Number);
}

function parentOf(pid: string): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return undefined; // it has ended meanwhile
  }
}

function openFiles(pid: number): number {
  return readdirSync(`/proc/${pid}/fd`).length;
}
