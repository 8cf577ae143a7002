import { by, type Row } from './row.ts';

const BAD_INPUT = 'e2e/bad-input';

/** What a request may get wrong, and the files around it. */
export const INPUTS: readonly Row[] = [
  {
    id: 'I1',
    fault: 'configs.json missing, not JSON, of the wrong shape',
    promise: 'status 2, place, value and cure',
    by: [
      ...by(BAD_INPUT, 'no configs file', 'a configs file that is not JSON'),
      ...by('inputs/config-mistakes', 'every mistake of every entry'),
    ],
  },
  {
    id: 'I2',
    fault: 'unknown key, no entries',
    promise: 'status 2, “Did you mean”',
    by: by('inputs/config-mistakes', 'an empty file is a problem'),
  },
  {
    id: 'I3',
    fault: 'labels `A` and `a`, é in two forms',
    promise: 'status 2, all named',
    by: by(BAD_INPUT, 'two runs that would write one file'),
  },
  {
    id: 'I4',
    fault: 'labels `CON`, `a:b`, 300 characters, emoji; `../../x`',
    promise: 'status 0 and a safe name, told; `../../x` status 2',
    by: by(BAD_INPUT, 'a label that would leave the output'),
  },
  {
    id: 'I5',
    fault: 'a notebook outside the working directory, also by a link',
    promise: 'status 2, with where the link leads',
  },
  {
    id: 'I6',
    fault: 'one notebook missing',
    promise: 'status 2, nothing runs, the nearest name',
    by: by(BAD_INPUT, 'a notebook that is not there', 'several mistakes at once'),
  },
  {
    id: 'I7',
    fault: 'notebooks that are corrupt, empty, UTF-16, a directory',
    promise: 'status 2, each with its place; a byte order mark is no mistake',
    by: by('execute/execute-batch', 'reports a notebook that has become unreadable'),
  },
  {
    id: 'I8',
    fault: 'nbformat 3, 4.0, 4.4 without ids, ids twice, 5',
    promise: '4.x runs; 3 and 5 status 2, with the command that converts',
    by: by('notebook/parse-notebook', ''),
  },
  {
    id: 'I9',
    fault: 'no kernel named; one that is not installed',
    promise: 'status 2, with those that are',
    by: by(BAD_INPUT, 'a kernel that is not installed'),
  },
  {
    id: 'I10',
    fault: 'a parameter name that is no name',
    promise: 'status 2, name and rule',
    by: by(BAD_INPUT, 'a parameter whose name is code'),
  },
  {
    id: 'I11',
    fault: 'hostile texts as parameters, nine languages',
    promise: 'they arrive as they were',
    by: [...by('plan/languages', ''), ...by('kernels/languages', 'receives parameters as they were written')],
  },
  {
    id: 'I12',
    fault: '2^63, 1e400, NaN, -0, 1,000 levels of nesting',
    promise: 'exact, or status 2 with the cure',
  },
  {
    id: 'I13',
    fault: 'an output folder that is read-only, full, a file',
    promise: 'status 2 before anything runs',
    by: by(BAD_INPUT, 'an output folder that is a file'),
  },
  {
    id: 'I14',
    fault: 'the disk fills up while notebooks run',
    promise: '`infra-error` with ENOSPC, the copy before it whole, the verdict told',
    by: by('execute/execute-batch', 'does not call a run passed whose notebook could not be written'),
  },
  {
    id: 'I15',
    fault: 'a second batch in the same output folder',
    promise: 'status 2, “in use by process N”',
  },
  {
    id: 'I16',
    fault: 'no Python, no Jupyter, where none may be installed',
    promise: 'status 2, the command that installs it',
    by: [
      ...by(BAD_INPUT, 'says which command installs Jupyter'),
      ...by('adapters/prepare-python', 'install "never" tells the command'),
    ],
  },
  { id: 'I17', fault: 'the port is taken', promise: 'another one is tried' },
];
