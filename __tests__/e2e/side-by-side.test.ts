import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { CodeCell } from '../../src/notebook/types.ts';
import { aFolder, aNotebook, resultsIn, runBundle, streamsOf } from './bundle.ts';

it('notebooks of one batch run at the same time: each of two waits for what the other one says', async () => {
  const folder = await aFolder({
    'nb.ipynb': aNotebook(
      'mine = theirs = ""',
      `import pathlib, time
pathlib.Path(mine + ".new").write_text(f"from {mine}")
pathlib.Path(mine + ".new").rename(mine)  # there at once, and whole
deadline = time.monotonic() + 60
while not pathlib.Path(theirs).exists() and time.monotonic() < deadline:
    time.sleep(0.05)
print(pathlib.Path(theirs).read_text())`,
    ),
    'configs.json': {
      a: { notebook: 'nb.ipynb', parameters: { mine: 'a.txt', theirs: 'b.txt' } },
      b: { notebook: 'nb.ipynb', parameters: { mine: 'b.txt', theirs: 'a.txt' } },
    },
  });
  const { status } = await runBundle(['run', '--max-parallel', '2'], { cwd: folder });
  expect(status).toBe(0);
  const said = ['a', 'b'].map((name) =>
    streamsOf(join(folder, `papermill_outputs/nb/${name}/nb_${name}.ipynb`)),
  );
  expect(said).toEqual([['from b.txt\n'], ['from a.txt\n']]);
});

it("the times in a cell's metadata are those of the kernel's own clock, and in order", async () => {
  const clock = 'print(__import__("datetime").datetime.now(__import__("datetime").timezone.utc).isoformat())';
  const folder = await aFolder({
    'nb.ipynb': aNotebook(clock, 'import time; time.sleep(1)', clock),
    'configs.json': { a: { notebook: 'nb.ipynb', parameters: {} } },
  });
  await runBundle(['run'], { cwd: folder });
  expect(resultsIn(folder).runs[0]?.status).toBe('passed');
  const path = join(folder, 'papermill_outputs/nb/a/nb_a.ipynb');
  const { cells } = JSON.parse(readFileSync(path, 'utf8')) as { cells: CodeCell[] };
  const [first = '', last = ''] = streamsOf(path).map((text) => new Date(text.trim()).toISOString());
  const at = (index: number, key: string): string => {
    const execution = cells[index]?.metadata['execution'] as Record<string, string>;
    return new Date(execution[key] ?? '').toISOString();
  };
  const inOrder = [
    at(0, 'iopub.status.busy'),
    at(0, 'iopub.execute_input'),
    first,
    at(0, 'shell.execute_reply'),
    at(0, 'iopub.status.idle'),
    at(1, 'iopub.status.busy'),
    at(1, 'shell.execute_reply'),
    at(2, 'iopub.status.busy'),
    last,
    at(2, 'shell.execute_reply'),
  ];
  expect(inOrder).toEqual(inOrder.toSorted());
});
