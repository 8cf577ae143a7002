import { describe, expect, it } from 'vitest';
import { SaveSometimes } from '../../src/execute/save-sometimes.ts';
import { NotebookOutputs } from '../../src/notebook/collect-outputs.ts';
import { notebookText } from '../../src/notebook/serialise-notebook.ts';
import { FakeClock } from '../fakes/fake-clock.ts';
import { aCodeCell, aMessage, aNotebook } from '../fakes/kernel-messages.ts';

/** A notebook of so many cells, whose saving takes a while on the clock of the test. */
function aSaver({ cells = 1, savingTakesMs = 0 }: { cells?: number; savingTakesMs?: number } = {}) {
  const clock = new FakeClock();
  const notebook = aNotebook({
    cells: Array.from({ length: cells }, (_, index) => aCodeCell({ id: `cell-${index}` })),
  });
  const outputs = new NotebookOutputs(notebook);
  const texts: string[] = [];
  const files = {
    read: () => Promise.reject(new Error('nobody reads')),
    backUp: () => Promise.resolve(),
    isAsWritten: () => Promise.resolve(true),
    save: async (_: string, saved: typeof notebook): Promise<void> => {
      await new Promise<void>((resolve) => {
        if (savingTakesMs === 0) resolve();
        else clock.after(savingTakesMs, resolve);
      });
      texts.push(notebookText(saved));
    },
  };
  const saver = new SaveSometimes({ files, clock, path: 'out.ipynb', notebook });
  const say = (cellIndex: number, text: string): void => {
    const parentId = `request-${cellIndex}`;
    outputs.receive(aMessage({ type: 'stream', parentId, content: { name: 'stdout', text } }));
    saver.changed();
  };
  const pass = async (ms: number): Promise<void> => {
    for (let passed = 0; passed < ms; passed += 100) {
      clock.advance(100);
      await new Promise(setImmediate);
    }
  };
  return { saver, outputs, texts, say, pass, clock };
}

describe('saving', () => {
  it('happens in the middle of a long cell, so that a killed job keeps all but its last 10 s', async () => {
    const { saver, outputs, texts, say, pass } = aSaver();
    await saver.begin();
    outputs.begin(0, 'request-0');
    for (let second = 1; second <= 25; second++) {
      say(0, `second ${second}\n`);
      await pass(1_000);
    }
    expect(texts.length).toBe(3);
    expect(texts[1]).toContain('second 10\\n');
    expect(texts[2]).toContain('second 20\\n');
    await saver.end();
  });

  it('depends on time and not on cells: a thousand quick cells are written once', async () => {
    const { saver, outputs, texts, say, pass, clock } = aSaver({ cells: 1_000 });
    await saver.begin();
    for (let cell = 0; cell < 1_000; cell++) {
      outputs.begin(cell, `request-${cell}`);
      say(cell, 'done\n');
    }
    await pass(9_000);
    expect(texts.length).toBe(1);
    await saver.end();
    await pass(60_000);
    expect(texts.length).toBe(1);
    expect(clock.pending).toBe(0);
  });

  it('does not write again what has not changed', async () => {
    const { saver, outputs, texts, say, pass } = aSaver();
    await saver.begin();
    outputs.begin(0, 'request-0');
    say(0, 'once\n');
    await pass(120_000);
    expect(texts.length).toBe(2);
    await saver.end();
  });

  it('takes at most a twentieth of the time when the notebook is slow to write', async () => {
    const { saver, texts, say, outputs, pass } = aSaver({ savingTakesMs: 2_000 });
    const begun = saver.begin();
    await pass(2_000);
    await begun;
    outputs.begin(0, 'request-0');
    for (let second = 0; second < 100; second++) {
      say(0, '.');
      await pass(1_000);
    }
    expect(texts.length).toBe(3); // begun at 0, 40 and 80 s
    await saver.end();
  });

  it('writes the notebook of one moment, also while messages change it', async () => {
    const { saver, outputs, texts, say, pass } = aSaver({ savingTakesMs: 500 });
    const begun = saver.begin();
    await pass(500);
    await begun;
    outputs.begin(0, 'request-0');
    say(0, 'before\n');
    await pass(9_600);
    say(0, 'while it is written\n');
    await pass(500);
    expect(texts.at(-1)).toContain('before\\n');
    expect(texts.at(-1)).not.toContain('while it is written');
    await saver.end();
  });

  it('goes on after one that failed', async () => {
    const { saver, outputs, texts, say, pass } = aSaver();
    await saver.begin();
    outputs.begin(0, 'request-0');
    const push = texts.push.bind(texts);
    texts.push = () => {
      texts.push = push;
      throw new Error('ENOSPC');
    };
    say(0, 'a\n');
    await pass(10_000);
    expect(texts.length).toBe(1);
    say(0, 'b\n');
    await pass(10_000);
    expect(texts.at(-1)).toContain('b\\n');
    await saver.end();
  });
});
