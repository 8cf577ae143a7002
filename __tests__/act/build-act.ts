import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Path of nektos/act; undefined where it cannot be built. */
    act: string | undefined;
  }
}

const VERSION = 'v0.2.87';
const FOLDER = join(import.meta.dirname, '../../.venv', `act-${VERSION}`);
/** Where Go's own archive and GitHub's runners have it. */
const GO_FOLDERS = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/local/go/bin'];

/** Global set-up: builds act from its Go module, once, where there is Go. */
export function setup(project: TestProject): void {
  project.provide('act', existing() ?? built());
}

function existing(): string | undefined {
  const path = join(FOLDER, 'act');
  return existsSync(path) ? path : undefined;
}

function built(): string | undefined {
  const go = GO_FOLDERS.map((folder) => join(folder, 'go')).find((path) => existsSync(path));
  if (go === undefined || process.platform === 'win32') {
    console.log('There is no Go here to build nektos/act with: the workflows are not executed.');
    return undefined;
  }
  console.log(`Building nektos/act ${VERSION} from its Go module; this takes minutes, once.`);
  execFileSync(go, ['install', `github.com/nektos/act@${VERSION}`], {
    env: { ...process.env, GOBIN: FOLDER, GOFLAGS: '-modcacherw' },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return existing();
}
