import { readFile } from 'node:fs/promises';

/** The payload of the event that started the workflow; undefined where there is none that can be read. */
export async function eventPayload(path: string | undefined): Promise<unknown> {
  if (path === undefined || path === '') return undefined;
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    return undefined;
  }
}
