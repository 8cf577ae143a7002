import { by, type Row } from './row.ts';

const GITHUB = 'e2e/github';
const HOSTILE = 'e2e/security';
const UPLOAD = 'publish/upload-artifact';

/** What GitHub may do while results are published. */
export const PUBLISHING: readonly Row[] = [
  {
    id: 'O1',
    fault: 'the artifact service resets two connections',
    promise: 'status 0, uploaded, 2 notices',
    by: by(UPLOAD, 'tries again when the network fails'),
  },
  {
    id: 'O2',
    fault: 'it always does, or never answers',
    promise: 'status 0, a warning with the path; at most 10 min',
    by: by(UPLOAD, 'gives up after four attempts', 'ends after ten minutes'),
  },
  {
    id: 'O3',
    fault: 'the name of the artifact is taken',
    promise: 'uploaded as `notebooks-2`',
    by: [
      ...by(UPLOAD, 'takes the next free name'),
      ...by(`${GITHUB}/race`, 'two artifacts when two runs publish'),
    ],
  },
  {
    id: 'O4',
    fault: 'the storage is full',
    promise: 'status 0 (4 when asked), one warning',
    by: by(`${GITHUB}/quota`, 'warns with a cure'),
  },
  {
    id: 'O5',
    fault: 'GitHub Enterprise Server; no runner',
    promise: 'status 0, what to do instead',
    by: [
      ...by(`${GITHUB}/enterprise`, 'comments on GitHub Enterprise Server'),
      ...by('adapters/artifact-store', 'asks nobody outside a workflow'),
    ],
  },
  { id: 'O6', fault: 'a file vanishes before it is packed', promise: 'status 0, the others are uploaded' },
  {
    id: 'O7',
    fault: "a fork's token may not comment",
    promise: 'status 0, one notice',
    by: by(`${GITHUB}/fork`, "tells with one notice that a fork's token"),
  },
  {
    id: 'O8',
    fault: '429 with `retry-after`',
    promise: 'status 0, commented after that time',
    by: [...by(`${GITHUB}/api-trouble`, 'asks again after 429'), ...by('publish/patient-api', '')],
  },
  {
    id: 'O9',
    fault: 'a secondary limit of an hour',
    promise: 'given up at once, a warning',
    by: by(`${GITHUB}/api-trouble`, 'gives up at once when it is asked to wait for an hour'),
  },
  {
    id: 'O10',
    fault: '502 after the comment was made',
    promise: 'one comment',
    by: by(`${GITHUB}/api-trouble`, 'leaves one comment when the answer'),
  },
  {
    id: 'O11',
    fault: 'processes race to comment: 100 times, and in 500 orders',
    promise: 'one comment each time, the newest',
    by: [
      ...by('publish/sticky-comment', 'ends with one comment, however many'),
      ...by(`${GITHUB}/race`, 'ends with one comment, the newest'),
    ],
  },
  {
    id: 'O12',
    fault: 'an older run finishes last',
    promise: "the newer one's text stays",
    by: [
      ...by('publish/sticky-comment', 'leaves what a newer run has written'),
      ...by(`${GITHUB}/race`, 'ends with one comment, the newest'),
    ],
  },
  {
    id: 'O13',
    fault: 'hundreds of long failures',
    promise: 'comment, summary and annotations within their limits',
    by: [
      ...by('report/comment-body', '500 runs with 100 long failures'),
      ...by('report/annotations', 'of more than ten errors', 'whatever a batch contains'),
    ],
  },
  {
    id: 'O14',
    fault: 'the comment deleted, its conversation locked or closed',
    promise: 'made anew, or told',
    by: [
      ...by(
        `${GITHUB}/closed-conversation`,
        'makes its comment anew when it was deleted',
        'where the pull request of the commit is closed',
        'whose closing the event is',
        'where GitHub answers',
      ),
      ...by('publish/sticky-comment', 'makes its comment anew'),
      ...by('publish/comment-policy', ''),
    ],
  },
];

/** What a hostile notebook or request may try: those that are proved by injecting it. */
export const SECURITY: readonly Row[] = [
  {
    id: 'S1',
    fault: 'a notebook prints its environment',
    promise: "nothing of the action's own is in it",
    by: [
      ...by('adapters/kernel-environment', 'lacks what only an action is given'),
      ...by('adapters/kernels', 'with its own environment and nothing secret'),
    ],
  },
  {
    id: 'S2',
    fault: 'a notebook prints a secret, encoded, cut in two',
    promise: '`***` in everything published',
    by: [
      ...by(`${GITHUB}/secrets`, 'hides secrets in every file that it leaves'),
      ...by('report/redact-notebook', 'a secret that is cut into outputs'),
    ],
  },
  {
    id: 'S3',
    fault: 'a notebook prints workflow commands',
    promise: 'the runner executes none',
    by: [
      ...by('report/inert-log-line', 'is never a command'),
      ...by('report/log-groups', 'becomes a workflow command'),
    ],
  },
  {
    id: 'S4',
    fault: 'hostile names and errors in Markdown',
    promise: 'inert',
    by: by('report/hostile-report', 'whatever a batch contains'),
  },
  {
    id: 'S5',
    fault: 'hostile HTML, SVG and JavaScript outputs',
    promise: 'the report executes and sends nothing',
    by: by('viewer/hostile', 'executes nothing, sends nothing'),
  },
  {
    id: 'S6',
    fault: 'a notebook plants a link in the output folder',
    promise: 'not uploaded',
    by: [
      ...by('adapters/written-files', 'takes a file for ours only when no link'),
      ...by(`${GITHUB}/secrets`, 'uploads no link'),
    ],
  },
  {
    id: 'S7',
    fault: "a notebook overwrites another run's output",
    promise: 'that run fails and says so; the forgery is not published',
    by: by(`${HOSTILE}/what-is-published`, 'is found out, and its forgery is not published'),
  },
  {
    id: 'S8',
    fault: '`pull_request_target` with a head from a fork',
    promise: 'status 2, refused with the reason',
    by: by(`${GITHUB}/refused-events`, ''),
  },
  {
    id: 'S9',
    fault: 'another user, or a web page, looks for the server',
    promise: 'the token is nowhere to be read, and without it nothing answers',
    by: by(
      'adapters/server-access',
      'its folder and files are for their owner only',
      'another user of the machine gets no file',
      'not under the name of another host',
      'the token is not sent to a stranger',
    ),
  },
  {
    id: 'S10',
    fault: 'files in the workspace that Python or Jupyter might load',
    promise: 'not loaded by the server, the template or pip',
    by: [
      ...by(`${HOSTILE}/hostile-workspace`, 'nothing in the workspace is loaded'),
      ...by('adapters/run-module', 'is not executed when packages are installed'),
    ],
  },
  {
    id: 'S11',
    fault: 'a parameter named `api_token`',
    promise: '`***` in everything published',
    by: by('report/redact', 'parameters are secret by their names'),
  },
  {
    id: 'S12',
    fault: 'the supply chain',
    promise: 'actions pinned, little permission',
    by: by('workflows', 'asks for little', 'passes actionlint'),
  },
  {
    id: 'S13',
    fault: 'the report is opened in a browser',
    promise: 'no request leaves the page',
    by: by('viewer/hostile', 'executes nothing, sends nothing', 'is seen by the edge of the network'),
  },
];
