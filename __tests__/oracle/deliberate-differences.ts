import type { JsonObject } from '../../src/notebook/types.ts';
import {
  addOutput,
  cellAt,
  errorOutput,
  type Executed,
  failed,
  neverReached,
  type Oracle,
  succeeded,
  withMarkers,
  withoutMarkers,
} from './executed.ts';

/** Where this program does something else on purpose. */
export interface Difference {
  /** docs/differences.md gives its reason under this name. */
  readonly id: string;
  /** Name of the run. */
  readonly run: string;
  readonly oracles: readonly Oracle[];
  /** Turns what the oracle made of the run into exactly what this program makes of it. */
  readonly change: (executed: Executed, all: Readonly<Record<Oracle | 'ours', Executed>>) => void;
}

const BOTH = ['nbclient', 'papermill'] as const;
const NBCLIENT = ['nbclient'] as const;
const PAPERMILL = ['papermill'] as const;

const NO_SUCH_MAGIC = 'Line magic function `%no_such_magic` not found.';
const USAGE_ERROR = errorOutput('UsageError', NO_SUCH_MAGIC);
const TIMEOUT = errorOutput('CellTimeoutError', 'This cell took longer than its limit of 4 s.');

export const DIFFERENCES: readonly Difference[] = [
  {
    id: 'late-output',
    run: 'async-late',
    oracles: BOTH,
    change: (executed) => {
      const [stream] = cellAt(executed, 0).outputs ?? [];
      if (stream) stream['text'] = 'the first cell is over\nfrom the task of the first cell\n';
    },
  },
  {
    id: 'foreign-comms',
    run: 'comms-unknown',
    oracles: BOTH,
    change: ({ notebook }) => delete notebook.metadata.widgets,
  },
  {
    id: 'long-integers',
    run: 'display-json-numbers',
    oracles: BOTH,
    change: (executed) => {
      const numbers = (cellAt(executed, 0).outputs?.[0]?.['data'] as JsonObject)[
        'application/json'
      ] as JsonObject;
      const exact = [(2n ** 64n).toString(), (-(10n ** 30n)).toString()].map((text) => `<number ${text}>`);
      (numbers['integers'] as string[]).splice(4, 2, ...exact);
    },
  },
  ...(['errors-tagged', 'tag-raises', 'stdin-caught', 'r'] as const).map((run): Difference => ({
    id: 'raises-exception',
    run,
    oracles: PAPERMILL,
    change: (executed) => {
      executed.end = { status: 'passed' };
      withoutMarkers(executed);
    },
  })),
  ...[
    { run: 'exit-0', cell: 1 },
    { run: 'exit-none', cell: 0 },
    { run: 'exit-explicit-none', cell: 0 },
  ].map(({ run, cell }): Difference => ({
    id: 'exit',
    run,
    oracles: BOTH,
    change: (executed) => {
      executed.end = { status: 'passed' };
      withoutMarkers(executed);
      succeeded(executed, cell);
    },
  })),
  ...[
    { run: 'quit', next: 2 },
    { run: 'exit-keep-kernel', next: 1 },
  ].map(({ run, next }): Difference => ({
    id: 'quit',
    run,
    oracles: BOTH,
    change: (executed) => neverReached(executed, next),
  })),
  {
    id: 'error-either-way',
    run: 'error-shown-only',
    oracles: BOTH,
    change: (executed) => {
      executed.end = { status: 'failed', ename: 'ZeroDivisionError', evalue: 'division by zero' };
      failed(executed, 0);
      neverReached(executed, 1);
    },
  },
  {
    id: 'error-either-way',
    run: 'magic-unknown',
    oracles: BOTH,
    change: (executed) => {
      executed.end = { status: 'failed', ename: 'UsageError', evalue: NO_SUCH_MAGIC };
      addOutput(executed, 1, USAGE_ERROR);
    },
  },
  {
    id: 'error-either-way',
    run: 'allow-errors',
    oracles: NBCLIENT,
    change: (executed) => addOutput(executed, 2, USAGE_ERROR),
  },
  {
    id: 'allow-errors',
    run: 'allow-errors',
    oracles: NBCLIENT,
    change: (executed) => (executed.end = { status: 'failed', ename: 'ValueError', evalue: 'first' }),
  },
  {
    id: 'reported-error',
    run: 'error-two-outputs',
    oracles: PAPERMILL,
    change: (executed) => (executed.end = { status: 'failed', ename: 'ValueError', evalue: 'the second' }),
  },
  {
    id: 'reported-error',
    run: 'display-mime-bundles',
    oracles: NBCLIENT,
    change: (executed) => (executed.end = { status: 'failed', ename: 'ValueError', evalue: 'no html today' }),
  },
  ...['r', 'r-failing', 'r-parameters'].map((run): Difference => ({
    id: 'output-unknown',
    run,
    oracles: BOTH,
    change: ({ notebook }) => (notebook.metadata['parallel_notebooks'] = { output: { kind: 'unknown' } }),
  })),
  {
    id: 'nameless-error',
    run: 'bash',
    oracles: BOTH,
    change: (executed) => {
      executed.end = { status: 'failed', ename: 'Error', evalue: 'The last command ended with status 1.' };
    },
  },
  ...[
    { run: 'death-exit', cell: 2, how: 'with exit status 3' },
    { run: 'death-signal', cell: 0, how: 'by SIGKILL' },
    { run: 'death-terminated', cell: 1, how: 'by SIGTERM' },
  ].map(({ run, cell, how }): Difference => ({
    id: 'dead-kernel',
    run,
    oracles: BOTH,
    change: (executed, { nbclient }) => {
      const evalue = `The kernel's process ended ${how} during this cell. Output of its last moments may be missing.`;
      addOutput(executed, cell, errorOutput('KernelDied', evalue));
      brokeOff(executed, cell, nbclient);
    },
  })),
  {
    id: 'timeout',
    run: 'timeout',
    oracles: BOTH,
    change: (executed, { nbclient, ours }) => {
      // Its traceback, which no oracle has, looks different in each version of IPython.
      const traceback = cellAt(ours, 1).outputs?.[1]?.['traceback'] ?? [];
      const slow = { output_type: 'stream', name: 'stdout', text: 'slow\n' };
      interrupted(executed, 1, [slow, { ...errorOutput('KeyboardInterrupt', ''), traceback }]);
      brokeOff(executed, 1, nbclient);
    },
  },
  {
    id: 'timeout',
    run: 'timeout-catches-interrupt',
    oracles: BOTH,
    change: (executed, { nbclient }) => {
      interrupted(executed, 0, [{ output_type: 'stream', name: 'stdout', text: 'caught the interrupt\n' }]);
      brokeOff(executed, 0, nbclient);
    },
  },
  {
    id: 'own-timeout',
    run: 'timing-own-timeout',
    oracles: BOTH,
    change: (executed) => Object.assign(cellAt(executed, 0).metadata.execution ?? {}, { timeout: 60 }),
  },
  {
    id: 'stale-outputs',
    run: 'executed-before',
    oracles: NBCLIENT,
    change: (executed) => {
      for (const index of [1, 2])
        Object.assign(cellAt(executed, index), { outputs: [], execution_count: null });
    },
  },
  {
    id: 'stale-outputs',
    run: 'executed-before-failing',
    oracles: NBCLIENT,
    change: (executed) => neverReached(executed, 2),
  },
  {
    id: 'output-widgets',
    run: 'widgets-output-appended',
    oracles: BOTH,
    change: (executed) => {
      const text = 'appended\nprinted\n';
      const [result] = cellAt(executed, 3).outputs ?? [];
      if (result) result['data'] = { 'text/plain': "['appended\\nprinted\\n']" };
      Object.assign(outputWidgetIn(executed)[0] ?? {}, { text });
    },
  },
  {
    id: 'output-widgets',
    run: 'widgets-output-display-ids',
    oracles: BOTH,
    change: (executed) =>
      Object.assign(outputWidgetIn(executed)[0] ?? {}, { data: { 'text/plain': "'updated from outside'" } }),
  },
  {
    id: 'widgets-after-failure',
    run: 'widgets-then-failure',
    oracles: NBCLIENT,
    change: ({ notebook }, { papermill }) =>
      (notebook.metadata.widgets = papermill.notebook.metadata.widgets ?? null),
  },
];

/** The run broke off in this cell: papermill says so of no cell, and never asks the kernel who it was. */
function brokeOff(executed: Executed, cell: number, nbclient: Executed): void {
  executed.notebook.metadata['language_info'] = nbclient.notebook.metadata['language_info'];
  failed(executed, cell);
  neverReached(executed, cell + 1);
  withMarkers(executed, cell);
}

/** The oracles end the kernel at once, and may catch what it said last or not; here it ends the cell. */
function interrupted(executed: Executed, cell: number, outputs: readonly JsonObject[]): void {
  const done = { 'iopub.status.idle': '<time>', 'shell.execute_reply': '<time>' };
  Object.assign(cellAt(executed, cell).metadata.execution ?? {}, done);
  cellAt(executed, cell).outputs = [...outputs, TIMEOUT];
}

/** What the notebook's one Output widget shows. */
function outputWidgetIn({ notebook }: Executed): JsonObject[] {
  const widgets = notebook.metadata.widgets as Record<
    string,
    { state: Record<string, { state: JsonObject }> }
  >;
  const models = Object.values(widgets['application/vnd.jupyter.widget-state+json']?.state ?? {});
  return models.flatMap(({ state }) => (state['outputs'] ?? []) as JsonObject[]);
}
