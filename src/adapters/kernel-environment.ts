/** Process id → batch: lets a sweep find what a notebook left running. */
export const BATCH_MARK = 'PARALLEL_NOTEBOOKS_BATCH';
/** The same for one kernel of it. */
export const RUN_MARK = 'PARALLEL_NOTEBOOKS_RUN';

/**
 * What a JavaScript action is given and a `run:` step is not, and what would let a notebook act as us.
 * https://github.com/actions/runner NodeScriptActionHandler adds the ACTIONS_ and INPUT_ variables.
 */
const SECRET_NAMES =
  /^(INPUT_.*|ACTIONS_.*|STATE_.*|GITHUB_(ENV|PATH|OUTPUT|STATE|STEP_SUMMARY|TOKEN)|GH_TOKEN|JUPYTER_TOKEN.*)$/i;

/** Libraries that would each start a thread per CPU in every kernel: kernels × CPUs threads slow all of them down. */
const THREAD_VARIABLES = [
  'OMP_NUM_THREADS',
  'OPENBLAS_NUM_THREADS',
  'MKL_NUM_THREADS',
  'BLIS_NUM_THREADS',
  'NUMEXPR_NUM_THREADS',
  'VECLIB_MAXIMUM_THREADS',
  'RAYON_NUM_THREADS',
  'JULIA_NUM_THREADS',
];

export type Environment = Readonly<Record<string, string>>;

/** Our own environment without what kernels and the server must not see. */
export function withoutSecrets(
  environment: Readonly<Record<string, string | undefined>>,
  passEnv: readonly string[] = [],
): Record<string, string> {
  const entries = Object.entries(environment).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined && (!SECRET_NAMES.test(entry[0]) || passEnv.includes(entry[0])),
  );
  return Object.fromEntries(entries);
}

/** The whole environment of a batch's kernels, before a run's own `env`. */
export function kernelEnvironment(options: {
  environment: Readonly<Record<string, string | undefined>>;
  passEnv: readonly string[];
  cpus: number;
  parallel: number;
  batchId: string;
}): Environment {
  const threads = String(Math.max(1, Math.floor(options.cpus / options.parallel)));
  return {
    ...Object.fromEntries(THREAD_VARIABLES.map((name) => [name, threads])),
    // The debugger is never used; its check of frozen modules would write to every kernel's stderr.
    PYDEVD_DISABLE_FILE_VALIDATION: '1',
    ...withoutSecrets(options.environment, options.passEnv),
    [BATCH_MARK]: options.batchId,
  };
}
