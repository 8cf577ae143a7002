import { by, type Row } from './row.ts';

const CELLS = 'kernels/chaos-cells';
const MESSAGES = 'kernels/chaos-messages';
const START = 'kernels/chaos-start';
const INTERRUPT = 'e2e/interrupt';

/** Faults while notebooks are executed. */
export const EXECUTION: readonly Row[] = [
  {
    id: 'E1',
    fault: 'a cell raises',
    promise: 'status 1, `failed`, cell, line and error; what came before is kept',
    by: by('e2e/batch', 'ends with 1 when two of twelve runs fail'),
  },
  { id: 'E2', fault: 'a cell tagged `raises-exception` raises', promise: 'status 0, all kept' },
  {
    id: 'E3',
    fault: '`os._exit(3)`',
    promise: '`kernel-died` in seconds, with the exit status; no later cell runs',
  },
  {
    id: 'E4',
    fault: 'a segmentation fault',
    promise: '`kernel-died` by SIGSEGV',
    by: by('adapters/kernels', 'is told how it ended when it dies'),
  },
  {
    id: 'E5',
    fault: 'out of memory, in a cgroup',
    promise: '`kernel-died`, the error says that memory was short; the others pass',
  },
  {
    id: 'E6',
    fault: 'SIGKILL between two cells',
    promise: '`kernel-died`, and nothing is executed in another kernel',
    by: by('adapters/kernels', 'tells of a death between two cells'),
  },
  {
    id: 'E7',
    fault: 'a cell over its limit',
    promise: '`timed-out`, interrupted, its traceback kept',
    by: by('e2e/deadlines', 'of a cell, which its own metadata'),
  },
  {
    id: 'E8',
    fault: 'the same, with signals blocked',
    promise: '`timed-out`, killed 5 s after the limit',
    by: by(CELLS, 'it is killed 5 s after the limit'),
  },
  {
    id: 'E9',
    fault: "the batch's time is over",
    promise: 'what runs is `timed-out`, what waits is skipped with the reason',
    by: by('e2e/deadlines', 'of the batch ends what runs'),
  },
  {
    id: 'E10',
    fault: 'endless printing, with a limit',
    promise: '`timed-out`, truncated, less than 1 GB of memory',
  },
  { id: 'E11', fault: '500 MB printed', promise: 'status 0, head and tail and a notice' },
  {
    id: 'E12',
    fault: 'one image of 100 MB',
    promise: 'status 0, a notice with type and size',
    by: by('kernels/output-limit', 'one message far beyond the limits'),
  },
  { id: 'E13', fault: 'one message of 560 MB', promise: 'status 0, a notice with type and size' },
  {
    id: 'E14',
    fault: '60,000 displays in a burst',
    promise: 'status 0, every one of them',
    by: by('adapters/kernels', 'loses none of 60,000 messages'),
  },
  {
    id: 'E15',
    fault: 'the same from a kernel whose ZeroMQ queue overflows',
    promise: 'status 0, the lost ones counted exactly',
    by: by(MESSAGES, 'is known of a flood that ZeroMQ could not hold', 'so many are lost'),
  },
  {
    id: 'E16',
    fault: "the server's rate limit drops an error",
    promise: '`failed`, the error from the reply',
    by: by(CELLS, 'in the reply alone fails the run'),
  },
  {
    id: 'E17',
    fault: 'malformed messages, 26 kinds',
    promise: 'status 0, everything before and after is there',
    by: by(MESSAGES, 'a message with'),
  },
  { id: 'E18', fault: '`update_display` from a later cell', promise: 'status 0, updated in place' },
  {
    id: 'E19',
    fault: 'output after its cell has ended',
    promise: 'status 0, the line is in the notebook',
    by: by(MESSAGES, 'is credited to that cell'),
  },
  {
    id: 'E20',
    fault: '`input()`',
    promise: '`failed` at once',
    by: by(CELLS, 'is asking for input although nobody allowed it'),
  },
  {
    id: 'E21',
    fault: '`sys.exit(0)`, `sys.exit(3)`, `quit()`',
    promise: 'passed, failed, passed; later cells do not run',
  },
  {
    id: 'E22',
    fault: 'processes left running, in sessions of their own',
    promise: 'status 0, ended and told of',
    by: by('adapters/kernels', 'ends what a notebook left running'),
  },
  {
    id: 'E23',
    fault: 'a notebook kills the server: 4 run, 6 wait',
    promise: 'the 4 `infra-error`, the 6 pass on a new server; status 3',
    by: by('kernels/chaos-server', 'a kernel that kills the server'),
  },
  {
    id: 'E24',
    fault: 'the server ends four times',
    promise: 'status 3, the rest skipped, with the end of its log',
  },
  {
    id: 'E25',
    fault: 'SIGKILL of our own process',
    promise:
      'server and kernels end by themselves, notebooks are valid, `post` publishes, the next start cleans up',
    by: [
      ...by(INTERRUPT, 'leaves neither server nor kernel behind'),
      ...by('e2e/github/cancel', 'uploads what is there when the main step was killed'),
    ],
  },
  {
    id: 'E26',
    fault: 'the connection is cut once, five times, for 60 s',
    promise: 'passed, losses counted; away for over 15 s: `infra-error`',
  },
  { id: 'E27', fault: 'close code 1001, then silence', promise: '`infra-error` within seconds' },
  {
    id: 'E28',
    fault: 'idle never comes',
    promise: 'passed after 10 s of quiet, output `unknown`, a warning',
    by: by(CELLS, 'without idle, a cell ends'),
  },
  {
    id: 'E29',
    fault: 'the reply never comes',
    promise: '`infra-error` after 10 s of quiet',
    by: by(CELLS, 'without reply, a cell that is idle ends'),
  },
  {
    id: 'E30',
    fault: 'a kernel answers 40 s after its start',
    promise: 'passed',
    by: by(START, 'takes its time to start is waited for'),
  },
  {
    id: 'E31',
    fault: 'a kernel never answers',
    promise: '`kernel-start-failed` after the 60 s of `start-timeout`',
    by: by('e2e/deadlines', 'of the start of a kernel that never answers'),
  },
  {
    id: 'E32',
    fault: 'a kernel exits at its start',
    promise: '`kernel-start-failed` after three tries, with its last words',
    by: by(START, 'dies at its start is tried three times'),
  },
  {
    id: 'E33',
    fault: 'SIGINT or SIGTERM',
    promise: 'status 130 or 143, partial notebooks and results kept',
    by: by(INTERRUPT, 'keeps partial notebooks and results on'),
  },
  {
    id: 'E34',
    fault: 'SIGINT with kernels that ignore it',
    promise: 'the same',
    by: by(INTERRUPT, 'ends a batch whose kernels ignore the interrupt'),
  },
  {
    id: 'E35',
    fault: 'SIGINT twice',
    promise: 'everything ends at once',
    by: by(INTERRUPT, 'ends everything at once on a second signal'),
  },
  {
    id: 'E36',
    fault: 'a bug of our own: an unhandled rejection',
    promise: 'status 3, “please report it”, runs in flight `infra-error`, results written',
  },
  {
    id: 'E37',
    fault: '100,000 comm messages',
    promise: 'status 0, widget state within the limits of a notebook',
  },
  {
    id: 'E38',
    fault: 'lone surrogates, NUL, bytes that are no UTF-8',
    promise: 'the file is valid UTF-8 JSON',
  },
  {
    id: 'E39',
    fault: '`os.chdir`, `environ.clear()`, `umask 777`',
    promise: 'status 0, the others unaffected',
  },
  {
    id: 'E40',
    fault: 'a kernel that is not ipykernel',
    promise: 'status 0, output `unknown` where it numbers no messages',
    by: by('kernels/languages', 'streams'),
  },
];
