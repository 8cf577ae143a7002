import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { expect, inject } from 'vitest';
import { FakeArtifacts } from '../fakes/fake-artifacts.ts';
import { FakeGitHub } from '../fakes/fake-github.ts';
import { aFolder } from '../e2e/bundle.ts';

const PROJECT = join(import.meta.dirname, '../..');
/** What of this repository its workflows use. */
const USED = ['action.yml', 'report', 'dist', 'python', 'examples', 'configs.schema.json', '.github'];
const DEADLINE_MS = 280_000;

export interface Executed {
  /** 0 when every job succeeded. */
  readonly status: number | null;
  /** What act says, its own lines among those of the jobs. */
  readonly log: string;
}

/**
 * A clone of this repository at octo/notebooks, whose workflows act executes on this machine: with the services that the
 * runner would name replaced by ours on loopback, and everything else as it stands in the repository. actions/checkout is the
 * one action that act does not fetch: the workspace is there already.
 */
export class Repository {
  readonly folder: string;
  readonly sha: string;
  readonly github: FakeGitHub;
  readonly artifacts: FakeArtifacts;
  readonly #home: string;

  private constructor(facts: { folder: string; github: FakeGitHub; artifacts: FakeArtifacts; home: string }) {
    this.folder = facts.folder;
    this.github = facts.github;
    this.artifacts = facts.artifacts;
    this.#home = facts.home;
    this.sha = git(this.folder, 'rev-parse', 'HEAD').trim();
  }

  /** `files`: more of them, or others. */
  static async create(files: Readonly<Record<string, unknown>> = {}): Promise<Repository> {
    const folder = await aFolder();
    for (const name of USED) cpSync(join(PROJECT, name), join(folder, name), { recursive: true });
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
    }
    git(folder, 'init', '--quiet', '--initial-branch=topic');
    git(folder, 'add', '--all', '--force');
    git(
      folder,
      '-c',
      'user.name=octo',
      '-c',
      'user.email=octo@example.com',
      'commit',
      '--quiet',
      '-m',
      'all',
    );
    git(folder, 'remote', 'add', 'origin', 'https://github.com/octo/notebooks.git');
    const artifacts = await FakeArtifacts.start();
    return new Repository({
      folder,
      github: await FakeGitHub.start(artifacts),
      artifacts,
      home: await aFolder(),
    });
  }

  /** Executes a workflow for an event, and holds what it asked of GitHub's API against its description. */
  async execute(
    workflow: string,
    event: { readonly name: string; readonly payload: object },
  ): Promise<Executed> {
    const payload = join(this.#home, 'event.json');
    writeFileSync(payload, JSON.stringify(event.payload));
    const env = {
      ...this.artifacts.environment,
      GITHUB_API_URL: this.github.address,
      GITHUB_GRAPHQL_URL: `${this.github.address}/graphql`,
    };
    const executed = await this.#act([
      event.name,
      ...['--workflows', join('.github/workflows', workflow)],
      ...['--eventpath', payload],
      // On this machine: no container engine is needed.
      ...['--platform', 'ubuntu-latest=-self-hosted', '--no-cache-server'],
      ...['--secret', 'GITHUB_TOKEN=ghs_workflow'],
      ...Object.entries(env).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
    ]);
    expect(this.github.violations).toEqual([]);
    return executed;
  }

  async #act(args: readonly string[]): Promise<Executed> {
    const act = inject('act');
    if (act === undefined) throw new Error('act is not there');
    // act takes the first node, whatever `using:` says, and the action the first python3.
    const first = [process.execPath, inject('python').executable].map((path) => dirname(path));
    const child = spawn(act, args, {
      cwd: this.folder,
      env: { HOME: this.#home, LANG: 'C.UTF-8', PATH: [...first, process.env['PATH']].join(delimiter) },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: DEADLINE_MS,
    });
    let log = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (chunk: string) => (log += chunk));
    }
    const { promise, resolve } = Promise.withResolvers<number | null>();
    child.once('close', resolve);
    return { status: await promise, log: stripVTControlCharacters(log) };
  }
}

/** A workflow of the docs, as it would stand in this repository. */
export function workflowInDocs(page: string, name: string): string {
  const text = readFileSync(join(PROJECT, page), 'utf8');
  const blocks = [...text.matchAll(/^```yaml\n([^]*?)^```$/gm)].map(([, block = '']) => block);
  const found = blocks.find((block) => block.startsWith(`name: ${name}\n`));
  if (found === undefined) throw new Error(`${page} has no workflow "${name}"`);
  return found.replaceAll('OWNER/parallel-notebooks@v0', './');
}

function git(folder: string, ...args: readonly string[]): string {
  return execFileSync('git', args, { cwd: folder, encoding: 'utf8' });
}
