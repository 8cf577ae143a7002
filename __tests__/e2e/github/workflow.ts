import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, inject } from 'vitest';
import { FakeArtifacts } from '../../fakes/fake-artifacts.ts';
import { FakeGitHub } from '../../fakes/fake-github.ts';
import { aFolder, aNotebook, BUNDLE, type Finished, type Running, startBundle } from '../bundle.ts';

const SHA = 'c0ffee'.padEnd(40, '0');
const REPORT_ACTION = join(BUNDLE, '../../report/main.js');

type Words = Readonly<Record<string, string>>;

/** What a step left in the runner's files. */
export interface Step extends Finished {
  readonly outputs: Words;
  readonly state: Words;
  readonly summary: string;
}

export interface StartedStep {
  readonly running: Running;
  readonly finished: Promise<Step>;
}

export interface WorkflowOptions {
  readonly event?: string;
  readonly payload?: unknown;
  readonly env?: Words;
  /** Beside a notebook `nb.ipynb` that divides 6 by `n`, and configs that run it with 1, 2 and 3. */
  readonly files?: Readonly<Record<string, unknown>>;
}

/** A workflow run of octo/notebooks around the real bundle, with services on loopback in GitHub's place. */
export class Workflow {
  readonly folder: string;
  readonly github: FakeGitHub;
  readonly artifacts: FakeArtifacts;
  readonly #env: Words;
  #steps = 0;

  private constructor(facts: { folder: string; github: FakeGitHub; artifacts: FakeArtifacts; env: Words }) {
    this.folder = facts.folder;
    this.github = facts.github;
    this.artifacts = facts.artifacts;
    this.#env = facts.env;
  }

  static async start(options: WorkflowOptions = {}): Promise<Workflow> {
    const { event = 'push', payload = {}, env = {}, files = {} } = options;
    const folder = await aFolder({
      'nb.ipynb': aNotebook('n = 0', 'print(f"n is {n}")\n6 / n'),
      'configs.json': Object.fromEntries(
        [1, 2, 3].map((n) => [`by-${n}`, { notebook: 'nb.ipynb', parameters: { n } }]),
      ),
      'event.json': payload,
      ...files,
    });
    const artifacts = await FakeArtifacts.start();
    const github = await FakeGitHub.start(artifacts);
    const ofRunner = {
      GITHUB_ACTIONS: 'true',
      GITHUB_WORKSPACE: folder,
      GITHUB_REPOSITORY: 'octo/notebooks',
      GITHUB_EVENT_NAME: event,
      GITHUB_EVENT_PATH: join(folder, 'event.json'),
      GITHUB_SHA: SHA,
      GITHUB_REF_NAME: 'topic',
      GITHUB_WORKFLOW: 'notebooks',
      GITHUB_JOB: 'batch',
      GITHUB_RUN_ID: '5000',
      GITHUB_RUN_NUMBER: '7',
      GITHUB_RUN_ATTEMPT: '1',
      GITHUB_API_URL: github.address,
      GITHUB_GRAPHQL_URL: `${github.address}/graphql`,
      RUNNER_TEMP: await aFolder(),
    };
    return new Workflow({
      folder,
      github,
      artifacts,
      env: { ...ofRunner, ...artifacts.environment, ...env },
    });
  }

  /** The main step of the action, and every claim about GitHub's API held. */
  async run(inputs: Words = {}, env: Words = {}): Promise<Step> {
    return await this.start(inputs, env).finished;
  }

  start(inputs: Words = {}, env: Words = {}): StartedStep {
    return this.#step([], { ...asInputs({ 'max-parallel': '1', ...inputs }), ...env });
  }

  /** The post step, with what the main step saved for it. */
  async post(main: Step, inputs: Words = {}, env: Words = {}): Promise<Step> {
    const state = Object.entries(main.state).map(([name, value]) => [`STATE_${name}`, value] as const);
    return await this.#step([], { ...asInputs(inputs), ...Object.fromEntries(state), ...env }).finished;
  }

  /** The action in report/. */
  async report(inputs: Words = {}, env: Words = {}): Promise<Step> {
    return await this.#step([], { ...asInputs(inputs), ...env }, REPORT_ACTION).finished;
  }

  #step(args: readonly string[], env: Words, bundle?: string): StartedStep {
    this.#steps += 1;
    const file = (name: string): string => join(this.#env['RUNNER_TEMP'] ?? '', `${name}-${this.#steps}`);
    const files = {
      GITHUB_OUTPUT: file('output'),
      GITHUB_STATE: file('state'),
      GITHUB_STEP_SUMMARY: file('summary'),
    };
    for (const path of Object.values(files)) writeFileSync(path, '');
    const running = startBundle(args, {
      cwd: this.folder,
      env: { ...this.#env, ...files, ...env },
      ...(bundle === undefined ? {} : { bundle }),
    });
    const finished = running.finished.then((end) => {
      expect(this.github.violations).toEqual([]);
      return {
        ...end,
        outputs: commandFile(files.GITHUB_OUTPUT),
        state: commandFile(files.GITHUB_STATE),
        summary: readFileSync(files.GITHUB_STEP_SUMMARY, 'utf8'),
      };
    });
    return { running, finished };
  }
}

/** The payload of `pull_request` number 12, from a branch of the repository or a fork. */
export function aPullRequestEvent(headRepository = 'octo/notebooks'): object {
  const head = { sha: SHA, ref: 'topic', repo: { full_name: headRepository } };
  return { pull_request: { number: 12, head }, repository: { full_name: 'octo/notebooks' } };
}

/** The open pull request 12, from the branch `topic`. */
export const PULL_REQUEST = {
  number: 12,
  state: 'open',
  headSha: SHA,
  headBranch: 'topic',
  headRepository: 'octo/notebooks',
} as const;

/** Workflow commands in a log, without those that only arrange it. */
export function commandsIn({ stdout }: Finished): string[] {
  return stdout.match(/^::(?!group|endgroup|debug|add-mask).*$/gm) ?? [];
}

function asInputs(inputs: Words): Words {
  const given = { python: inject('python').executable, 'github-token': 'ghs_workflow', ...inputs };
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
  );
}

/** What the runner reads from a command file: `name<<delimiter`, value, delimiter. */
function commandFile(path: string): Words {
  const pattern = /^(.+?)<<(.+)\r?\n([\s\S]*?)\r?\n\2$/gm;
  const entries = [...readFileSync(path, 'utf8').matchAll(pattern)];
  return Object.fromEntries(entries.map(([, name, , value]) => [name, value])) as Words;
}
