/** `npm run bench`: this program and its peers, side by side, in one run. See docs/performance.md. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { preparePython } from '../src/adapters/prepare-python.ts';
import { CASES } from './cases.ts';
import { CONTENDERS, type ContenderId } from './contenders.ts';
import { describeMachine } from './describe-machine.ts';
import { measure, type Measurement } from './measure.ts';
import { publishResults } from './publish-results.ts';
import { resultsText } from './results-text.ts';
import { schedule } from './schedule.ts';

const ROOT = join(import.meta.dirname, '..');
const USAGE = `Usage: npm run bench -- [--case a]… [--contender ours]… [--repeat N] [--runs N] [--write]
Without --case, --contender, --repeat and --runs everything is measured and docs/performance.md is written.
`;

const { values } = parseArgs({
  options: {
    case: { type: 'string', multiple: true },
    contender: { type: 'string', multiple: true },
    repeat: { type: 'string' },
    runs: { type: 'string' },
    write: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) process.stdout.write(USAGE);
else await benchmark();

async function benchmark(): Promise<void> {
  const chosen = CASES.filter(
    ({ id, group }) => values.case?.some((name) => name === id || name === group) ?? true,
  );
  const contenders = values.contender as ContenderId[] | undefined;
  if (chosen.length === 0 || contenders?.some((id) => !(id in CONTENDERS))) {
    throw new Error(
      `${USAGE}Cases: ${CASES.map(({ id }) => id).join(' ')}. Contenders: ${Object.keys(CONTENDERS).join(' ')}.`,
    );
  }
  const python = await preparePython(
    {
      interpreter: undefined,
      install: 'auto',
      requirements: [join(import.meta.dirname, 'requirements.txt')],
      cacheDir: join(ROOT, '.venv'),
    },
    (line) => process.stderr.write(`${line}\n`),
    new AbortController().signal,
  );
  const measurements: Measurement[] = [];
  for (const step of schedule(chosen, {
    contenders,
    repeat: number(values.repeat),
    runs: number(values.runs),
  })) {
    const measured = measure(step.case, { ...step, python: python.executable });
    measurements.push(measured);
    const seconds = (ms: number): string => (ms / 1000).toFixed(2);
    process.stderr.write(
      `${measured.case} ${measured.contender} ×${measured.runs}: ${seconds(measured.wallMs)} s, CPU ${seconds(measured.cpuMs)} s, ${Math.round(measured.peakPssBytes / 1e6)} MB\n`,
    );
  }
  const results = { machine: describeMachine(python.executable), measurements };
  process.stdout.write(`\n${resultsText(results)}`);
  const complete = [values.case, values.contender, values.repeat, values.runs].every(
    (value) => value === undefined,
  );
  if (complete || values.write) await publishResults(ROOT, results);
}

function number(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}
