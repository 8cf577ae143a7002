import { byteSize } from './byte-size.ts';
import { limitBundle, limitError } from './limit-output.ts';
import { ByteAllowance, type OutputLimits } from './output-limits.ts';
import { StreamText } from './stream-text.ts';
import type { DisplayDataOutput, ExecuteResultOutput, MimeBundle, Output, StreamOutput } from './types.ts';

/** About what an output needs in a file beside its content. */
const OUTPUT_BYTES = 100;
// V8's strings end at 2^29; a stream goes on in a new output long before.
const LONGEST_STREAM = 2 ** 28;
// Names of streams are the kernel's choice; of those that were cut only so many get a tail.
const MOST_TAILS = 8;

export type Display = DisplayDataOutput | ExecuteResultOutput;

/** The outputs of a cell or of an Output widget while messages come in. */
export class OutputArea {
  /** The live list: always the same array. A stream in it has a `text` that follows the stream. */
  readonly outputs: Output[];
  /** Set by `clear_output(wait=True)`: the next output comes instead of those that are there. */
  clearsBeforeNext = false;
  /** Something was left out because of a limit. */
  truncated = false;

  readonly #limits: OutputLimits;
  readonly #notebook: ByteAllowance;
  #streams: ByteAllowance;
  #last: { readonly output: StreamOutput; readonly text: StreamText } | undefined;
  /** Streams that are cut, by name: later text goes to their tails wherever it comes. */
  readonly #cut = new Map<string, StreamText>();
  #used = 0;
  #streamTexts: StreamText[] = [];
  #leftOut = 0;

  constructor(
    outputs: Output[],
    options: { readonly limits: OutputLimits; readonly allowance: ByteAllowance },
  ) {
    this.outputs = outputs;
    this.#limits = options.limits;
    this.#notebook = options.allowance;
    this.#streams = new ByteAllowance(options.limits.streamBytes, options.allowance);
  }

  /** Adds an output; contiguous chunks of one stream become one output. Returns what now stands in the list. */
  add(output: Output): Output | undefined {
    if (this.clearsBeforeNext) this.clear();
    if (output.output_type === 'stream') return this.#addStream(output);
    const limit = this.#limits.outputBytes;
    if (limit === undefined || limit === 0) return this.#append(output);
    if (output.output_type === 'error') return this.#append(this.#noted(output, limitError(output, limit)));
    return this.#append({ ...output, data: this.#limited(output.data) });
  }

  /** Gives a display that stands in the list new content. */
  update(display: Display, content: Pick<Display, 'data' | 'metadata'>): void {
    const data = this.#limited(content.data);
    const before = sizeOf(display);
    const after = sizeOf({ ...display, data, metadata: content.metadata });
    this.#notebook.giveBack(before);
    this.#used -= before;
    if (this.#notebook.takeWhole(after)) {
      this.#used += after;
      display.data = data;
      display.metadata = content.metadata;
      return;
    }
    this.truncated = true;
    const kept = this.#notebook.take(before);
    this.#used += kept;
  }

  clear(): void {
    this.outputs.length = 0;
    this.clearsBeforeNext = false;
    this.#last = undefined;
    this.#cut.clear();
    this.#leftOut = 0;
    this.#notebook.giveBack(this.#used + this.#streamTexts.reduce((sum, text) => sum + text.keptBytes, 0));
    this.#used = 0;
    this.#streamTexts = [];
    this.#streams = new ByteAllowance(this.#limits.streamBytes, this.#notebook);
  }

  /** Turns live streams into plain texts: nothing more will come. */
  finish(): void {
    this.#seal();
    for (const [index, output] of this.outputs.entries()) this.outputs[index] = { ...output };
    this.#last = undefined;
  }

  #limited(data: MimeBundle): MimeBundle {
    const limit = this.#limits.outputBytes;
    return limit === undefined || limit === 0 ? data : this.#noted(data, limitBundle(data, limit));
  }

  #noted<T>(whole: T, limited: T): T {
    if (limited !== whole) this.truncated = true;
    return limited;
  }

  #append<Kind extends Output>(output: Kind): Kind | undefined {
    this.#seal();
    const bytes = sizeOf(output);
    if (!this.#notebook.takeWhole(bytes)) {
      this.#leaveOut();
      return undefined;
    }
    this.#used += bytes;
    this.outputs.push(output);
    return output;
  }

  /** One notice per area, however many outputs it stands for. */
  #leaveOut(): void {
    this.truncated = true;
    this.#leftOut++;
    if (this.#leftOut > 1) return;
    const leftOut = () => `[outputs left out from here on: ${this.#leftOut}; more than output-limit allows]`;
    this.outputs.push({
      output_type: 'display_data',
      data: {
        get 'text/plain'() {
          return leftOut();
        },
      },
      metadata: {},
    });
  }

  #addStream({ name, text }: StreamOutput): Output | undefined {
    const cut = this.#cut.get(name);
    const last =
      this.#last?.output === this.outputs.at(-1) && this.#last?.output.name === name ? this.#last : undefined;
    if (cut) cut.write(text);
    else if (last && last.text.written + text.length <= LONGEST_STREAM) last.text.write(text);
    else this.#openStream(name)?.write(text);
    const written = cut ?? this.#last?.text;
    if (written?.isFull) this.#cut.set(name, written);
    if (written?.isCut) this.truncated = true;
    return this.#last?.output;
  }

  #openStream(name: string): StreamText | undefined {
    this.#seal();
    if (this.#cut.size >= MOST_TAILS) {
      this.truncated = true;
      return undefined;
    }
    const text = new StreamText(this.#streams);
    if (!this.#streams.takeWhole(OUTPUT_BYTES)) this.#cut.set(name, text);
    else this.#used += OUTPUT_BYTES;
    this.#streamTexts.push(text);
    const output: StreamOutput = {
      output_type: 'stream',
      name,
      get text() {
        return text.value;
      },
    };
    this.#last = { output, text };
    this.outputs.push(output);
    return text;
  }

  /** Nothing can overwrite the last line of a stream any more once another output follows. */
  #seal(): void {
    if (!this.#last) return;
    const { output, text } = this.#last;
    text.seal();
    if (text.isFull) this.#cut.set(output.name, text);
    if (text.isCut) this.truncated = true;
    this.#last = undefined;
  }
}

function sizeOf(output: Output): number {
  if (output.output_type === 'error') return OUTPUT_BYTES + byteSize([output.evalue, ...output.traceback]);
  return output.output_type === 'stream'
    ? OUTPUT_BYTES
    : OUTPUT_BYTES + byteSize(output.data) + byteSize(output.metadata);
}
