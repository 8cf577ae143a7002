import type { TestContext } from 'vitest';

declare module 'vitest' {
  interface TaskMeta {
    /** What was seen, for the table in docs/reliability.md. */
    observed?: string;
  }
}

/** Notes what was seen, with its figures, for the table that `npm run chaos` prints. */
export function observe({ task }: TestContext, text: string): void {
  task.meta.observed = text;
}

export function inSeconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
