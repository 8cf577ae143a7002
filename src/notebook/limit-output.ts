import { byteSize, firstBytes, lastBytes } from './byte-size.ts';
import { sizeText } from './output-limits.ts';
import type { ErrorOutput, JsonObject, MimeBundle } from './types.ts';

// What is kept of each end of a text that is too long: enough to see what it was.
const KEPT_BYTES = 16 * 1024;

/**
 * A MIME bundle without its largest contents until it is within the limit, and a text/plain that says what was left
 * out; the bundle itself when it is small enough.
 */
export function limitBundle(data: MimeBundle, limitBytes: number): MimeBundle {
  let bytes = byteSize(data);
  if (bytes <= limitBytes) return data;
  const sizes = Object.entries(data)
    .map(([mime, content]) => ({ mime, bytes: byteSize(content) }))
    .sort((a, b) => b.bytes - a.bytes);
  const kept: JsonObject = { ...data };
  const notices: string[] = [];
  for (const content of sizes) {
    if (bytes <= limitBytes) break;
    Reflect.deleteProperty(kept, content.mime);
    bytes -= content.bytes;
    notices.push(
      `[${content.mime} of ${sizeText(content.bytes)} left out here: more than output-limit allows]`,
    );
  }
  const text = kept['text/plain'];
  return { ...kept, 'text/plain': [...notices, ...(typeof text === 'string' ? [text] : [])].join('\n') };
}

/** An error whose texts are within the limit, their middles left out; the error itself when it is small enough. */
export function limitError(error: ErrorOutput, limitBytes: number): ErrorOutput {
  const { ename, evalue, traceback } = error;
  if (byteSize([ename, evalue, ...traceback]) <= limitBytes) return error;
  return {
    output_type: 'error',
    ename: withoutMiddle(ename),
    evalue: withoutMiddle(evalue),
    traceback: withoutMiddle(traceback.join('\n')).split('\n'),
  };
}

function withoutMiddle(text: string): string {
  const lost = Buffer.byteLength(text) - 2 * KEPT_BYTES;
  if (lost <= 0) return text;
  const notice = `[${sizeText(lost)} left out here: more than output-limit allows]`;
  return `${firstBytes(text, KEPT_BYTES)}\n${notice}\n${lastBytes(text, KEPT_BYTES)}`;
}
