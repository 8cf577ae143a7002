import { describe, expect, test } from 'vitest';
import { type OutputLimits, sizeText, TAIL_BYTES } from '../../src/notebook/output-limits.ts';
import type { KernelMessage, Output } from '../../src/notebook/types.ts';
import { collectMessages, messagesOf } from '../fakes/kernel-messages.ts';

const first = messagesOf(0);

function collect(limits: OutputLimits, messages: Iterable<KernelMessage>) {
  const { notebook, outputs } = collectMessages(messages, limits);
  outputs.finish();
  return {
    outputs: notebook.cells[0]?.outputs ?? [],
    notebook,
    truncated: outputs.truncated,
    collected: outputs,
  };
}

const textOf = (output: Output | undefined) => (output?.output_type === 'stream' ? output.text : undefined);
const numbered = (count: number) =>
  Array.from({ length: count }, (_, index) => `line ${String(index).padStart(8, '0')}\n`);
const MB = 1_000_000;

describe('streams', () => {
  test('keep their beginning and their end, with a notice between', () => {
    const { outputs, truncated } = collect(
      { streamBytes: 1100 },
      numbered(20_000).map((line) => first.stream(line)),
    );
    const text = textOf(outputs[0]) ?? '';
    const [head = '', tail = ''] = text.split(/\[.*\]\n/);
    const whole = numbered(20_000).join('');
    expect([truncated, outputs.length]).toEqual([true, 1]);
    expect(text).toContain(
      `[${sizeText(whole.length - 1000 - TAIL_BYTES)} of output left out here: more than output-limit allows]`,
    );
    expect(head).toBe(`${whole.slice(0, 1000)}\n`);
    expect(tail).toBe(whole.slice(-TAIL_BYTES));
  });

  test('within the limit are whole', () => {
    const { outputs, truncated } = collect({ streamBytes: 8 * MB }, [
      first.stream('é'.repeat(1000)),
      first.stream('x', 'stderr'),
    ]);
    expect([outputs.map(textOf), truncated]).toEqual([['é'.repeat(1000), 'x'], false]);
  });

  test('a little more than the limit is whole too: nothing is cut to show less than its notice', () => {
    const { outputs, truncated } = collect(
      { streamBytes: 200 },
      numbered(100).map((line) => first.stream(line)),
    );
    expect([textOf(outputs[0]), truncated]).toEqual([numbered(100).join(''), false]);
  });

  test('never cut a character in half', () => {
    for (const limit of [101, 102, 103, 104]) {
      const { outputs } = collect({ streamBytes: limit + 100 }, [first.stream('😀'.repeat(50_000) + '\n')]);
      expect(
        textOf(outputs[0])
          ?.replaceAll('😀', '')
          .replace(/\n\[.*\]\n/, ''),
      ).toBe('\n');
    }
  });

  test('that alternate need bounded memory', () => {
    const flood = function* () {
      for (let index = 0; index < 50_000; index++)
        yield first.stream('x'.repeat(10), index % 2 ? 'stdout' : 'stderr');
    };
    const { outputs, truncated } = collect({ streamBytes: 5000 }, flood());
    expect(outputs.length).toBeLessThan(60);
    expect(outputs.map(textOf).join('').length).toBeLessThan(5000 + 3 * TAIL_BYTES);
    expect(truncated).toBe(true);
  });

  test('have a new allowance once they are cleared', () => {
    const full = numbered(20_000).join('');
    const limits = { streamBytes: 2000, notebookBytes: 3000 };
    const cleared = collect(limits, [
      first.stream(full),
      first.display('x'),
      first.clear(),
      first.stream(full),
    ]);
    expect(cleared.outputs).toEqual(collect(limits, [first.stream(full)]).outputs);
  });
});

describe('single outputs', () => {
  const data = { 'text/plain': '<Figure>', 'image/png': 'A'.repeat(3000), 'text/html': '<b>' };

  test('lose what is too large, and say so', () => {
    const { outputs, truncated } = collect({ outputBytes: 1000 }, [
      first.of('display_data', { data, metadata: {} }),
    ]);
    const notice = '[image/png of 3 kB left out here: more than output-limit allows]\n<Figure>';
    expect([outputs, truncated]).toEqual([
      [{ output_type: 'display_data', data: { 'text/plain': notice, 'text/html': '<b>' }, metadata: {} }],
      true,
    ]);
  });

  test('are limited when they are updated, too', () => {
    const update = { ...first.update('', 'x') };
    const content = { ...update.content, data };
    const { outputs } = collect({ outputBytes: 1000 }, [first.display('a', 'x'), { ...update, content }]);
    expect(outputs[0]).toMatchObject({ data: { 'text/html': '<b>' } });
    expect(outputs[0]).not.toHaveProperty(['data', 'image/png']);
  });

  test('that are errors lose the middle of their texts', () => {
    const traceback = ['start', 'x'.repeat(100_000), 'end'];
    const { outputs, truncated } = collect({ outputBytes: 1000 }, [first.error('E', 'v', traceback)]);
    const lines = (outputs[0] as { traceback: string[] }).traceback;
    expect([lines[0], lines.at(-1), truncated]).toEqual(['start', 'end', true]);
    expect(lines.join('\n').length).toBeLessThan(40_000);
    expect(lines.join('\n')).toContain('left out here');
  });
});

describe('a notebook', () => {
  test('that is full says once per cell how many outputs it left out', () => {
    const flood = Array.from({ length: 1000 }, (_, index) => messagesOf(index % 2).display('x'.repeat(100)));
    const { notebook, truncated } = collect({ notebookBytes: 10_000 }, flood);
    const [outputs = [], others = []] = notebook.cells.map((cell) => cell.outputs);
    expect(truncated).toBe(true);
    expect(outputs.length + others.length).toBeLessThan(60);
    const left = 500 - outputs.length + 1;
    expect(outputs.at(-1)).toMatchObject({
      data: { 'text/plain': `[outputs left out from here on: ${left}; more than output-limit allows]` },
    });
  });

  test('keeps the state of widgets within its limit', () => {
    const model = { _model_name: 'M', _model_module: 'm', _model_module_version: '1' };
    const flood = Array.from({ length: 1000 }, (_, index) =>
      first.commOpen(`w${index}`, { ...model, value: 'x'.repeat(1000) }),
    );
    const { notebook, truncated } = collect({ notebookBytes: 20_000 }, flood);
    expect(truncated).toBe(true);
    expect(JSON.stringify(notebook.metadata['widgets']).length).toBeLessThan(200_000);
  });

  test('gives back what an update no longer needs', () => {
    const updates = Array.from({ length: 1000 }, (_, index) => first.update(String(index).repeat(100), 'x'));
    const { outputs, truncated } = collect({ notebookBytes: 2000 }, [first.display('a', 'x'), ...updates]);
    expect([outputs.length, truncated]).toEqual([1, false]);
    expect(outputs[0]).toMatchObject({ data: { 'text/plain': '999'.repeat(100) } });
  });
});

test('a limit of 0 is no limit', () => {
  const { outputs, truncated } = collect({ streamBytes: 0, outputBytes: 0, notebookBytes: 0 }, [
    first.stream('x'.repeat(MB)),
    first.display('y'.repeat(MB)),
  ]);
  expect([textOf(outputs[0])?.length, outputs.length, truncated]).toEqual([MB, 2, false]);
});

test.each([
  [0, '0 bytes'],
  [999, '999 bytes'],
  [8_000_000, '8 MB'],
  [12_340_000, '12.3 MB'],
  [2_500_000_000, '2.5 GB'],
])('%d bytes are called %s', (bytes, text) => {
  expect(sizeText(bytes)).toBe(text);
});
