import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type CountedMessage, LostMessages } from '../../src/execute/lost-messages.ts';

function aMessage(id: string, overrides: Partial<CountedMessage> = {}): CountedMessage {
  return { id, type: 'stream', content: {}, parentId: 'mine', parentType: 'execute_request', ...overrides };
}

function lostOf(...cells: (string | CountedMessage)[][]): number | undefined {
  const lost = new LostMessages();
  for (const messages of cells) {
    lost.beginCell();
    for (const message of messages) lost.note(typeof message === 'string' ? aMessage(message) : message);
  }
  return lost.count;
}

const busy = { type: 'status', content: { execution_state: 'busy' } };
const idle = { type: 'status', content: { execution_state: 'idle' } };

it('does not miss the reply to a request of the server, which goes to the server', () => {
  const theirs = { parentId: 'theirs', parentType: 'kernel_info_request' };
  const messages = [
    aMessage('s_1_1'),
    aMessage('s_1_2', { ...busy, ...theirs }),
    aMessage('s_1_4', { ...idle, ...theirs }),
  ];
  expect(lostOf([...messages, aMessage('s_1_5')])).toBe(0);
});

it('counts a reply once that comes after the idle of its request', () => {
  const messages = [
    aMessage('s_1_1', busy),
    aMessage('s_1_3', idle),
    aMessage('s_1_2', { type: 'execute_reply' }),
  ];
  expect(lostOf(messages)).toBe(0);
  expect(lostOf([...messages, aMessage('s_1_5')])).toBe(1);
});

it('hides no loss behind the end of a request of the server that began before the cell', () => {
  const theirs = { parentId: 'theirs', parentType: 'kernel_info_request' };
  expect(lostOf(['s_1_1'], [aMessage('s_1_4', { ...idle, ...theirs }), 's_1_5', 's_1_7'])).toBe(1);
});

it('takes a late reply to the cell before for no message of this one', () => {
  const late = aMessage('s_1_3', { type: 'execute_reply' });
  expect(lostOf([aMessage('s_1_2', busy), aMessage('s_1_4', idle)], [late, 's_1_40', 's_1_41'])).toBe(0);
});

it('counts a message that comes late, behind the end of its cell, as neither lost nor one of the next', () => {
  const second = aMessage('s_1_3', { type: 'execute_reply' });
  const replies = ['s_1_1', aMessage('s_1_2', { type: 'execute_reply' }), aMessage('s_1_4', idle)];
  expect(lostOf(replies, ['s_1_6', 's_1_7'])).toBe(1);
  expect(lostOf(replies, ['s_1_6', second, 's_1_7'])).toBe(0);
  expect(lostOf(replies, [second, 's_1_6', 's_1_8'])).toBe(1);
  expect(lostOf(['s_1_2', 's_1_3'], ['s_1_1', 's_1_4'])).toBe(0);
});

it('counts a kernel that is idle before it replies, and one that replies twice', () => {
  const reply = (id: string): CountedMessage => aMessage(id, { type: 'execute_reply' });
  expect(lostOf(['s_1_1', aMessage('s_1_2', idle), reply('s_1_3')])).toBe(0);
  expect(lostOf(['s_1_1', aMessage('s_1_4', idle), reply('s_1_5')])).toBe(2);
  expect(lostOf(['s_1_1', reply('s_1_2'), reply('s_1_3'), aMessage('s_1_4', idle)])).toBe(0);
});

it('expects no reply to a comm message', () => {
  const comm = { parentId: 'comm', parentType: 'comm_msg' };
  expect(lostOf([aMessage('s_1_1', { ...busy, ...comm }), aMessage('s_1_3', { ...idle, ...comm })])).toBe(1);
});

it('counts the holes between the first and the last message of a cell', () => {
  expect(lostOf(['s_1_4', 's_1_5', 's_1_9'])).toBe(3);
});

it('does not count the result that ipykernel numbered and did not send, as of an object that displays itself', () => {
  const input = aMessage('s_1_1', { type: 'execute_input' });
  const display = aMessage('s_1_3', { type: 'display_data' });
  expect(lostOf([input, display])).toBe(0);
  expect(lostOf([input, aMessage('s_1_4', { type: 'display_data' })])).toBe(2);
  expect(lostOf([input, display, aMessage('s_1_4', { type: 'execute_result' })])).toBe(1);
  expect(lostOf([input, display], ['s_1_5', 's_1_7'])).toBe(1);
});

it('does not count what lies between two cells', () => {
  expect(lostOf(['s_1_1', 's_1_2'], ['s_1_40', 's_1_41'])).toBe(0);
});

it('adds up the holes of all cells', () => {
  expect(lostOf(['s_1_1', 's_1_3'], ['s_1_10', 's_1_14'])).toBe(4);
});

it('cannot tell for a kernel whose ids are no counters', () => {
  expect(lostOf(['0b4e1b5c-7a40-4f0c-9d31-4b0c8f6a9d11'])).toBeUndefined();
});

it('cannot tell when nothing has come', () => {
  expect(lostOf([])).toBeUndefined();
});

it('counts exactly the messages that were dropped, in whatever order the others come', () => {
  const subset = fc
    .integer({ min: 3, max: 200 })
    .chain((total) => fc.tuple(fc.constant(total), fc.uniqueArray(fc.integer({ min: 1, max: total - 2 }))));
  fc.assert(
    fc.property(subset, fc.infiniteStream(fc.double()), ([total, dropped], order) => {
      const kept = Array.from({ length: total }, (_, n) => n).filter((n) => !dropped.includes(n));
      const shuffled = kept.map((n) => ({ n, at: order.next().value as number })).sort((a, b) => a.at - b.at);
      expect(lostOf(shuffled.map(({ n }) => `session_77_${n}`))).toBe(dropped.length);
    }),
  );
});

it('counts every message that a cut has taken: a single one, and the first of a cell', () => {
  const input = aMessage('s_1_2', { type: 'execute_input' });
  const back = { afterCut: true } as const;
  expect(lostOf([aMessage('s_1_1'), input, aMessage('s_1_4', back)])).toBe(1);
  expect(lostOf([aMessage('s_1_1'), input, aMessage('s_1_4')])).toBe(0);
  expect(lostOf(['s_1_1', 's_1_2'], [aMessage('s_1_6', back), 's_1_7'])).toBe(3);
  expect(lostOf(['s_1_1', 's_1_2'], ['s_1_6', 's_1_7'])).toBe(0);
});
