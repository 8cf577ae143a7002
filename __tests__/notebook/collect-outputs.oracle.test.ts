import { describe, expect, test } from 'vitest';
import { NotebookOutputs } from '../../src/notebook/collect-outputs.ts';
import type { JsonObject, Output } from '../../src/notebook/types.ts';
import { aCodeCell, aMessage, aNotebook, messagesOf } from '../fakes/kernel-messages.ts';
import drawn from './golden/messages.json' with { type: 'json' };
import recorded from './golden/recorded.json' with { type: 'json' };

/** nbclient keeps every chunk of a stream by itself; merged, its outputs are ours. */
function merged(outputs: readonly Output[]): Output[] {
  const result: Output[] = [];
  for (const output of outputs) {
    const last = result.at(-1);
    const continues =
      last?.output_type === 'stream' && output.output_type === 'stream' && last.name === output.name;
    if (continues) result[result.length - 1] = { ...last, text: last.text + output.text };
    else result.push(output);
  }
  return result;
}

describe('lists of messages give the outputs that nbclient makes of them', () => {
  const rows = drawn as unknown as {
    messages: { cell: number; type: string; content: JsonObject }[];
    cells: { outputs: Output[]; execution_count: number | null }[];
  }[];
  test.each(rows.map((row, index) => ({ ...row, name: `drawn list ${index}` })))(
    '$name',
    ({ messages, cells }) => {
      const notebook = aNotebook({ cells: cells.map(() => aCodeCell()) });
      const outputs = new NotebookOutputs(notebook);
      for (const index of cells.keys()) {
        outputs.begin(index, `request-${index}`);
        for (const { cell, type, content } of messages)
          if (cell === index) outputs.receive(messagesOf(cell).of(type, content));
        outputs.receive(messagesOf(index).idle());
      }
      outputs.finish();
      expect(notebook.cells.map(({ outputs, execution_count }) => ({ outputs, execution_count }))).toEqual(
        cells.map((cell) => ({ ...cell, outputs: merged(cell.outputs) })),
      );
    },
  );
});

test('a recorded session gives the outputs, times and widgets that nbclient writes', () => {
  const notebook = aNotebook({ cells: recorded.cells.map(() => aCodeCell()) });
  const outputs = new NotebookOutputs(notebook);
  const begun = new Set<number>();
  for (const { cell, type, id, parentId, date, content, buffers } of recorded.messages) {
    if (!begun.has(cell)) outputs.begin(cell, parentId);
    begun.add(cell);
    const bytes = (buffers as string[]).map((buffer) => Buffer.from(buffer, 'base64'));
    outputs.receive(aMessage({ type, id, parentId, date, content: content, buffers: bytes }));
  }
  outputs.finish();
  expect(outputs).toMatchObject({ strays: 0, malformed: 0, truncated: false });
  expect(notebook.metadata['widgets']).toEqual(recorded.executed.widgets);
  const executed = recorded.executed.cells as unknown as { outputs: Output[]; execution: JsonObject }[];
  expect(notebook.cells.map((cell) => cell.outputs)).toEqual(executed.map((cell) => merged(cell.outputs)));
  // The record holds no replies.
  const times = executed.map(({ execution }) =>
    Object.fromEntries(Object.entries(execution).filter(([key]) => key !== 'shell.execute_reply')),
  );
  expect(notebook.cells.map((cell) => cell.metadata['execution'])).toEqual(times);
});
