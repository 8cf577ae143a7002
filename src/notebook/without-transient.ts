import type { JsonObject } from './types.ts';

/** Metadata that belongs to a running Jupyter and never to a file; nbformat drops it on reading and on writing. */
const TRANSIENT = {
  notebook: ['orig_nbformat', 'orig_nbformat_minor', 'signature'],
  cell: ['trusted'],
} as const;

/** The metadata of a notebook or a cell without what is never in a file. */
export function withoutTransient(metadata: JsonObject, owner: keyof typeof TRANSIENT): JsonObject {
  const transient: readonly string[] = TRANSIENT[owner];
  return Object.fromEntries(Object.entries(metadata).filter(([key]) => !transient.includes(key)));
}
