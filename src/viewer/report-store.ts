import type { Notebook } from '../notebook/types.ts';
import type { ReportData, ReportRun } from '../report/html-data.ts';
import { bytesOfBase85 } from './base85.ts';
import { readNotebook } from './read-notebook.ts';

/** What the file holds: the index at once; notebooks and images, which come behind it, when they are asked for. */
export class ReportStore {
  readonly data: ReportData;
  readonly #notebooks = new Map<number, Promise<Notebook>>();

  constructor() {
    const index = document.getElementById('report')?.textContent;
    if (index === undefined) throw new Error('This report holds no batch.');
    this.data = JSON.parse(index) as ReportData;
  }

  /** The executed notebook; the same object each time. Rejects when it is not there or cannot be read. */
  notebook(run: ReportRun): Promise<Notebook> {
    if (run.stored === null) return Promise.reject(new Error('There is no executed notebook of this run.'));
    const kept = this.#notebooks.get(run.stored);
    if (kept !== undefined) return kept;
    const read = this.notebookText(run).then(readNotebook);
    this.#notebooks.set(run.stored, read);
    // A few are enough to go back and forth, or to compare; a thousand would fill the memory.
    const oldest = this.#notebooks.keys().next().value;
    if (this.#notebooks.size > KEPT_NOTEBOOKS && oldest !== undefined) this.#notebooks.delete(oldest);
    return read;
  }

  /** Every character of the executed notebook. */
  async notebookText(run: ReportRun): Promise<string> {
    await wholeFile();
    const stream = new Blob([stored(`notebook-${run.stored ?? ''}`).bytes])
      .stream()
      .pipeThrough(new DecompressionStream('deflate-raw'));
    const packed = await new Response(stream).text();
    // The marks are control characters, which JSON forbids: nothing a notebook wrote can look like one.
    // eslint-disable-next-line no-control-regex
    return packed.replace(/\u0001(\d+)\u0001/g, (_, number: string) =>
      base64(stored(`image-${number}`).bytes),
    );
  }

  /** One of the images of the file. */
  async image(number: number): Promise<Blob> {
    await wholeFile();
    const { type, bytes } = stored(`image-${number}`);
    return new Blob([bytes], { type });
  }
}

const KEPT_NOTEBOOKS = 200;

/** Resolves when the browser has read the file to its end. */
async function wholeFile(): Promise<void> {
  if (document.readyState !== 'loading') return;
  await new Promise((resolve) => document.addEventListener('DOMContentLoaded', resolve, { once: true }));
}

function stored(id: string): { type: string; bytes: Uint8Array<ArrayBuffer> } {
  const found = document.getElementById(id);
  if (!(found instanceof HTMLScriptElement)) throw new Error(`This report lacks its part "${id}".`);
  return { type: found.type, bytes: bytesOfBase85(found.textContent) };
}

function base64(bytes: Uint8Array): string {
  const pieces: string[] = [];
  const size = 0x8000; // of arguments that a call can take, divisible by 2
  for (let at = 0; at < bytes.length; at += size)
    pieces.push(String.fromCharCode(...bytes.subarray(at, at + size)));
  return btoa(pieces.join(''));
}
