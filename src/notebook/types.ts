/** nbformat 4 in memory: multi-line strings joined, unknown keys kept. https://nbformat.readthedocs.io/en/latest/format_description.html */

/**
 * A number whose text JavaScript would change (`1.0`, `123456789012345678901`), kept by `JSON.rawJSON` so that
 * it is written back as Python would write it.
 */
export interface RawNumber {
  readonly rawJSON: string;
}

export type Json = null | boolean | number | string | RawNumber | Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json;
}

export interface Notebook {
  nbformat: 4;
  nbformat_minor: number;
  metadata: JsonObject;
  cells: Cell[];
  /** Unknown top-level keys are kept. */
  [key: string]: unknown;
}

/** Any cell. `outputs` and `execution_count` are there exactly when `cell_type` is `code`. */
export interface Cell {
  cell_type: 'code' | 'markdown' | 'raw';
  /** From nbformat 4.5 on. */
  id?: string;
  metadata: JsonObject;
  source: string;
  outputs?: Output[];
  execution_count?: number | null;
  /** Attachments and unknown keys are kept. */
  [key: string]: unknown;
}

export interface CodeCell extends Cell {
  cell_type: 'code';
  outputs: Output[];
  execution_count: number | null;
}

/** MIME type → content; text is joined, JSON stays JSON, binary is base64. */
export type MimeBundle = JsonObject;

export interface StreamOutput {
  output_type: 'stream';
  name: string;
  text: string;
}
export interface DisplayDataOutput {
  output_type: 'display_data';
  data: MimeBundle;
  metadata: JsonObject;
}
export interface ExecuteResultOutput {
  output_type: 'execute_result';
  data: MimeBundle;
  metadata: JsonObject;
  execution_count: number | null;
}
export interface ErrorOutput {
  output_type: 'error';
  ename: string;
  evalue: string;
  /** Lines, with the kernel's ANSI colours. */
  traceback: string[];
}
export type Output = StreamOutput | DisplayDataOutput | ExecuteResultOutput | ErrorOutput;

/** A message of a kernel, as the Jupyter protocol defines it, repaired to have every field. */
export interface KernelMessage {
  readonly channel: 'shell' | 'iopub' | 'control' | 'stdin';
  /** `header.msg_type`. */
  readonly type: string;
  /** `header.msg_id`. */
  readonly id: string;
  /** `parent_header.msg_id`: the request it belongs to; undefined when the kernel named none. */
  readonly parentId: string | undefined;
  /** `parent_header.msg_type`, for instance `execute_request`. */
  readonly parentType?: string | undefined;
  /** `header.date` as sent, ISO 8601. */
  readonly date: string | undefined;
  readonly content: JsonObject;
  readonly metadata: JsonObject;
  readonly buffers: readonly Uint8Array[];
  /** The content was far too long to be read: it is ours, and says so. */
  readonly overlong?: true;
  /** Part of a long message: another part stands for it where messages are counted. */
  readonly uncounted?: true;
  /** The first one after the connection was cut: others may have been lost before it. */
  readonly afterCut?: true;
}
