/** Every key of an entry: what the reader of configs accepts and `configs.schema.json` describes. */
import type { EntrySettings } from '../model.ts';
import { unknownKey } from './unknown-key.ts';
import { matrix } from './matrix-shape.ts';
import type { KeyTable, Shape } from './shape.ts';
import { mistake, readKeys, schemaOfKeys } from './shape.ts';
import {
  count,
  duration,
  durationOrNone,
  environment,
  flag,
  memory,
  preload,
  tags,
  text,
  values,
} from './value-shapes.ts';

export const RUN_KEYS = {
  kernel: {
    shape: text,
    description: 'Kernel to use instead of the one the notebook names.',
    examples: ['python3', 'ir'],
  },
  cwd: {
    shape: text,
    description: 'Directory in which the kernel starts, relative to the working directory (the default).',
    examples: ['notebooks'],
  },
  env: {
    shape: environment,
    description: 'Environment variables of the kernel, as text.',
    examples: [{ OMP_NUM_THREADS: '2' }],
  },
  cell_timeout: {
    shape: durationOrNone,
    description: 'Longest time one cell may take: seconds, or text such as 90s, 5m, 2h. null: no limit.',
    examples: [60, '5m', null],
  },
  timeout: {
    shape: durationOrNone,
    description: 'Longest time the whole run may take, the start of its kernel included. null: no limit.',
    examples: [900, '2h', null],
  },
  start_timeout: {
    shape: duration,
    description: 'Longest time the kernel may take to start.',
    examples: [60, '2m'],
  },
  memory_limit: {
    shape: memory,
    description:
      'Memory that the kernel may take, as text such as 2GB or 512MiB. Beyond it an allocation fails. Linux only.',
    examples: ['2GB'],
  },
  retries: {
    shape: count,
    description: 'Extra attempts when the run fails.',
    examples: [1],
  },
  allow_errors: {
    shape: flag,
    description: 'Go on after a failing cell. The run still counts as failed.',
    examples: [true],
  },
  tags: {
    shape: tags,
    description: 'Words by which `select` finds the run: tag:nightly.',
    examples: [['nightly', 'slow']],
  },
  preload: {
    shape: preload,
    description:
      'Imports that the kernel shares with others of the batch, instead of what the input `preload` says: "auto", "none" (its kernel is launched on its own, where others share any), or a list of modules.',
    examples: ['none', ['numpy', 'mypackage']],
  },
} satisfies KeyTable;

const run: Shape<EntrySettings> = {
  schema: { type: 'object', properties: schemaOfKeys(RUN_KEYS), additionalProperties: false },
  read: (node, report) => {
    if (node.kind !== 'object') {
      report(mistake(node, 'an object of settings', 'Write for instance {"cell_timeout": 600}.'));
      return undefined;
    }
    for (const entry of node.entries) {
      if (!Object.hasOwn(RUN_KEYS, entry.key)) report(unknownKey(entry, Object.keys(RUN_KEYS)));
    }
    const read = readKeys(node, RUN_KEYS, report);
    return {
      kernel: read.kernel,
      cwd: read.cwd,
      env: read.env ?? new Map(),
      cellTimeoutMs: read.cell_timeout,
      timeoutMs: read.timeout,
      startTimeoutMs: read.start_timeout,
      memoryLimitBytes: read.memory_limit,
      retries: read.retries,
      allowErrors: read.allow_errors,
      tags: read.tags ?? [],
      preload: read.preload,
    };
  },
};

export const ENTRY_KEYS = {
  notebook: {
    shape: text,
    description: 'The notebook to execute, relative to the working directory.',
    examples: ['notebooks/data_explorer.ipynb'],
  },
  parameters: {
    shape: values,
    description:
      'Variables for the notebook, each under its own name. Without this key everything in the entry but `run` and `matrix` reaches the notebook as the one variable `config`.',
    examples: [{ alpha: 0.1, layers: [64, 64], dropout: null }],
  },
  matrix: {
    shape: matrix,
    description:
      'A sweep, by the rules of a workflow’s strategy.matrix: one run for each combination of the values.',
    examples: [{ alpha: [0.01, 0.1], seed: [1, 2, 3] }],
  },
  run: {
    shape: run,
    description: 'About the run itself; never reaches the notebook.',
    examples: [{ cell_timeout: 600, retries: 1 }],
  },
  output_label: {
    shape: text,
    description:
      'Names the run’s outputs; {parameter} stands for a value. Default: the name of the run, for a sweep with its values.',
    examples: ['bank', 'a{alpha}_s{seed}'],
  },
} satisfies KeyTable;
