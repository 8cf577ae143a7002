import { parseSize } from './parse-size.ts';

/** Bytes; undefined = no limit. */
export interface OutputLimitsAsked {
  /** Of all streams of one cell. */
  readonly streamBytes: number | undefined;
  /** Of one display, result or error. */
  readonly outputBytes: number | undefined;
  /** Of all outputs of one notebook. */
  readonly notebookBytes: number | undefined;
}

const PARTS = { stream: 8e6, output: 20e6, notebook: 100e6 } as const;
type Part = keyof typeof PARTS;

/**
 * `8MB` is the limit for streams, `stream=8MB,output=20MB,notebook=100MB` says each, `0` lifts all of them. Parts that
 * are not named keep their default, and the notebook's is raised to hold the largest of the others: a limit that was
 * asked for is never undercut by one that was not. Undefined when the text is none of this.
 */
export function parseOutputLimit(text: string): OutputLimitsAsked | undefined {
  const asked = partsOf(text);
  if (asked === undefined) return undefined;
  const stream = asked.get('stream') ?? PARTS.stream;
  const output = asked.get('output') ?? PARTS.output;
  const notebook = asked.get('notebook') ?? Math.max(PARTS.notebook, stream, output);
  return { streamBytes: finite(stream), outputBytes: finite(output), notebookBytes: finite(notebook) };
}

/** Part → bytes, Infinity for no limit. */
function partsOf(text: string): Map<Part, number> | undefined {
  const single = bytesOf(text);
  if (single !== undefined) {
    const parts: Part[] = single === Infinity ? ['stream', 'output', 'notebook'] : ['stream'];
    return new Map(parts.map((part) => [part, single]));
  }
  const parts = new Map<Part, number>();
  for (const item of text.split(/[,\n]/).filter((each) => each.trim() !== '')) {
    const [, name = '', size = ''] = /^\s*(\w+)\s*[=:]\s*(.*)$/.exec(item) ?? [];
    const bytes = bytesOf(size);
    if (!isPart(name) || parts.has(name) || bytes === undefined) return undefined;
    parts.set(name, bytes);
  }
  return parts;
}

function bytesOf(text: string): number | undefined {
  const bytes = parseSize(text);
  return bytes === 0 ? Infinity : bytes;
}

function isPart(name: string): name is Part {
  return Object.hasOwn(PARTS, name);
}

function finite(bytes: number): number | undefined {
  return bytes === Infinity ? undefined : bytes;
}
