import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const TESTS = join(import.meta.dirname, '../__tests__');
/** Stands for a file that failed as a whole: what it prepares went wrong, and its tests were skipped. */
export const THE_FILE = 'the file itself';
/** Lines of a failure's message that say what was expected and what came. */
const MESSAGE_LINES = 6;

/** A test as vitest's JSON report has it. */
export interface Test {
  /** Below `__tests__`. */
  readonly file: string;
  readonly title: string;
  readonly fullName: string;
  readonly status: string;
  /** What the test saw, see `observe`. */
  readonly observed: string | undefined;
  readonly failures: readonly string[];
}

interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly title: string;
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages?: readonly string[];
      readonly meta?: { readonly observed?: string };
    }[];
  }[];
}

/** The tests of a report. A file that could not even be read counts as a failed test of its own. */
export function testsIn(report: string): Test[] {
  const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as Report;
  return testResults.flatMap(({ name, message, assertionResults }) => {
    const file = fileOf(name);
    const tests = assertionResults.map(({ title, fullName, status, failureMessages = [], meta }) => ({
      file,
      title,
      fullName: fullName.trim(),
      status,
      observed: meta?.observed,
      failures: failureMessages,
    }));
    if (message === '' || tests.some(({ status }) => status === 'failed')) return tests;
    const whole = { title: THE_FILE, fullName: THE_FILE, observed: undefined, failures: [message] };
    return [...tests, { file, status: 'failed', ...whole }];
  });
}

/** Where a test failed, and the first lines of why. */
export function failureText({ file, fullName, failures }: Test): string {
  const why = failures.map((message) => message.split('\n').slice(0, MESSAGE_LINES).join('\n'));
  return [`${file} > ${fullName}`, ...why].join('\n');
}

/** Another run may have been in another clone. */
function fileOf(path: string): string {
  const at = path.lastIndexOf('__tests__/');
  return at < 0 ? relative(TESTS, path) : path.slice(at + '__tests__/'.length);
}
