import { NotebookOutputs } from '../../src/notebook/collect-outputs.ts';
import type { OutputLimits } from '../../src/notebook/output-limits.ts';
import type { CodeCell, Json, JsonObject, KernelMessage, Notebook } from '../../src/notebook/types.ts';

let counter = 0;

/** A whole message of a kernel, plus what a test cares about. */
export function aMessage(message: Partial<KernelMessage> & { type: string }): KernelMessage {
  counter += 1;
  return {
    channel: 'iopub',
    id: `kernel_${counter}`,
    parentId: 'request-0',
    date: '2024-05-06T07:08:09.123456Z',
    content: {},
    metadata: {},
    buffers: [],
    ...message,
  };
}

/** Messages of the request `request-<cell>`, one function per type. */
export function messagesOf(cell: number) {
  const parentId = `request-${cell}`;
  const of = (type: string, content: JsonObject) => aMessage({ type, parentId, content });
  return {
    of,
    stream: (text: string, name = 'stdout') => of('stream', { name, text }),
    display: (text: string, displayId?: string) => of('display_data', shown(text, displayId)),
    update: (text: string, displayId: string) => of('update_display_data', shown(text, displayId)),
    result: (text: string, count: number, displayId?: string) =>
      of('execute_result', { ...shown(text, displayId), execution_count: count }),
    error: (ename = 'ValueError', evalue = 'no', traceback = ['line 1', 'line 2']) =>
      of('error', { ename, evalue, traceback }),
    clear: (wait = false) => of('clear_output', { wait }),
    input: (count: number) => of('execute_input', { code: 'x', execution_count: count }),
    busy: () => of('status', { execution_state: 'busy' }),
    idle: () => of('status', { execution_state: 'idle' }),
    reply: (content: JsonObject = { status: 'ok' }) =>
      aMessage({ type: 'execute_reply', channel: 'shell', parentId, content }),
    commOpen: (commId: string, state: JsonObject, more: Partial<KernelMessage> & { target?: string } = {}) =>
      aMessage({
        type: 'comm_open',
        parentId,
        content: {
          comm_id: commId,
          target_name: more.target ?? 'jupyter.widget',
          data: { state, buffer_paths: [] },
        },
        ...more,
      }),
    commUpdate: (commId: string, state: JsonObject, method = 'update') =>
      of('comm_msg', { comm_id: commId, data: { method, state } }),
  };
}

function shown(text: string, displayId: string | undefined): JsonObject {
  const transient: Json = displayId === undefined ? {} : { transient: { display_id: displayId } };
  return { data: { 'text/plain': text }, metadata: {}, ...transient };
}

export function aCodeCell(cell: Partial<CodeCell> = {}): CodeCell {
  return { cell_type: 'code', metadata: {}, source: 'x', outputs: [], execution_count: null, ...cell };
}

export function aNotebook(notebook: Partial<Notebook> = {}): Notebook {
  return { nbformat: 4, nbformat_minor: 5, metadata: {}, cells: [], ...notebook };
}

/** Feeds messages to a notebook of two cells whose requests are `request-0` and `request-1`. */
export function collectMessages(messages: Iterable<KernelMessage>, limits?: OutputLimits) {
  const notebook = aNotebook({ cells: [aCodeCell(), aCodeCell()] });
  const outputs = new NotebookOutputs(notebook, limits);
  outputs.begin(0, 'request-0');
  outputs.begin(1, 'request-1');
  const effects = [...messages].flatMap((message) => outputs.receive(message));
  return { notebook, outputs, effects };
}
