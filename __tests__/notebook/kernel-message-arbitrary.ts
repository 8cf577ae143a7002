import fc from 'fast-check';
import type { OutputLimits } from '../../src/notebook/output-limits.ts';
import type { Json, JsonObject, KernelMessage } from '../../src/notebook/types.ts';
import { aMessage } from '../fakes/kernel-messages.ts';

const TYPES = [
  'stream',
  'display_data',
  'update_display_data',
  'execute_result',
  'error',
  'clear_output',
  'execute_input',
  'status',
  'comm_open',
  'comm_msg',
  'comm_close',
  'execute_reply',
  'hologram',
  '__proto__',
];

const anything = fc.jsonValue({ maxDepth: 3, noUnicodeString: false }) as fc.Arbitrary<Json>;
const maybe = (likely: fc.Arbitrary<Json>) =>
  fc.oneof({ weight: 4, arbitrary: likely }, { weight: 1, arbitrary: anything });
export const streamText = fc.string({
  unit: fc.constantFrom('a', 'b', '\n', '\r', '\b', '\x1b[31m', '\ud800', '😀', '\0'),
});
const object = (entries: Record<string, fc.Arbitrary<Json>>) =>
  fc.record(entries, { requiredKeys: [] }) as unknown as fc.Arbitrary<JsonObject>;

const content = object({
  name: maybe(fc.constantFrom('stdout', 'stderr')),
  text: maybe(streamText),
  data: maybe(
    object({
      'text/plain': maybe(streamText),
      'application/json': anything,
      state: maybe(
        object({
          msg_id: maybe(fc.constantFrom('request-0', 'request-1', '')),
          outputs: anything,
          value: anything,
        }),
      ),
      buffer_paths: anything,
      method: maybe(fc.constantFrom('update', 'echo_update')),
    }),
  ),
  metadata: maybe(fc.constant({})),
  transient: maybe(object({ display_id: maybe(fc.constantFrom('x', 'y')) })),
  execution_count: maybe(fc.nat()),
  ename: maybe(streamText),
  evalue: maybe(streamText),
  traceback: maybe(fc.array(streamText)),
  wait: maybe(fc.boolean()),
  execution_state: maybe(fc.constantFrom('busy', 'idle')),
  comm_id: maybe(fc.constantFrom('w', 'v', '__proto__')),
  target_name: maybe(fc.constant('jupyter.widget')),
});

/** Messages of two requests and of nobody, most of them nearly as they should be. */
export const kernelMessages: fc.Arbitrary<KernelMessage[]> = fc.array(
  fc
    .record({
      type: fc.constantFrom(...TYPES),
      channel: fc.constantFrom<KernelMessage['channel']>('iopub', 'iopub', 'iopub', 'shell', 'stdin'),
      parentId: fc.constantFrom('request-0', 'request-1', 'other', undefined),
      date: fc.constantFrom('2024-05-06T07:08:09Z', undefined, 'x'),
      content,
    })
    .map((message) => aMessage({ ...message, buffers: [new Uint8Array([1])] })),
  { maxLength: 30 },
);

export const outputLimits: fc.Arbitrary<OutputLimits> = fc.record({
  streamBytes: fc.constantFrom(undefined, 0, 1, 150, 500),
  outputBytes: fc.constantFrom(undefined, 1, 60),
  notebookBytes: fc.constantFrom(undefined, 10, 300, 1000),
});
