import { join } from 'node:path';

export type ContenderId =
  | 'ours'
  | 'papermill-2019'
  | 'nbclient-pool'
  | 'papermill-xargs'
  | 'nbmake'
  /** No executor: what a kernel takes for its cells. */
  | 'bare-client'
  /** No executor: what the cells take by themselves. */
  | 'cells-alone';

/** One batch as a contender is to execute it. */
export interface Batch {
  /** Interpreter with the packages of the benchmark. */
  readonly python: string;
  /** `configs.json`, for this program. */
  readonly configs: string;
  /** What it means, for the others: an array of `{notebook, output, parameters}`. */
  readonly runs: string;
  /** A line for each run: notebook, output, file of parameters. */
  readonly lines: string;
  /** Folder of the executed notebooks. */
  readonly outputs: string;
  readonly atOnce: number;
}

export interface Contender {
  readonly title: string;
  readonly command: (batch: Batch) => readonly string[];
  /** What has to be there before, and is not measured. */
  readonly prepare?: (batch: Batch) => readonly string[];
}

const PEERS = join(import.meta.dirname, 'peers');
const BUNDLE = join(import.meta.dirname, '../dist/index.js');

export const CONTENDERS: Readonly<Record<ContenderId, Contender>> = {
  ours: {
    title: 'Parallel Notebooks',
    command: ({ python, configs, atOnce }) => [
      ...[process.execPath, BUNDLE, 'run', configs],
      ...['--python', python, '--max-parallel', String(atOnce)],
    ],
  },
  'papermill-2019': {
    title: 'the 2019 approach (papermill, multiprocessing)',
    command: ({ python, runs }) => [python, join(PEERS, 'multiprocessing_2019.py'), runs],
  },
  'nbclient-pool': {
    title: 'nbclient in a process pool',
    command: ({ python, runs, atOnce }) => [python, join(PEERS, 'nbclient_pool.py'), runs, String(atOnce)],
  },
  'papermill-xargs': {
    title: 'papermill under xargs -P',
    command: ({ python, lines, atOnce }) => [
      ...['xargs', '-a', lines, '-n', '3', '-P', String(atOnce)],
      ...['sh', '-c', `"${python}" -m papermill --no-progress-bar "$0" "$1" -f "$2"`],
    ],
  },
  nbmake: {
    title: 'nbmake with pytest-xdist',
    prepare: ({ python, runs }) => [python, join(PEERS, 'parameterise.py'), runs],
    command: ({ python, outputs, atOnce }) => [
      ...[python, '-m', 'pytest', '-q', '-p', 'no:cacheprovider', '--nbmake', '--overwrite'],
      ...['-n', String(atOnce), outputs],
    ],
  },
  'bare-client': {
    title: 'the kernel by itself, a client only waits for it',
    command: ({ python, runs }) => [python, join(PEERS, 'bare_client.py'), runs],
  },
  'cells-alone': {
    title: 'the cells by themselves',
    command: ({ python, runs }) => [python, join(PEERS, 'cells_alone.py'), runs],
  },
};
