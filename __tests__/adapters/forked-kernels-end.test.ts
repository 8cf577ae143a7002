import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { aBatch, aDirectory } from './forked-kernels.ts';

const linux = process.platform === 'linux';
const IMPORTS = ['numpy', 'pandas'];

/** A module beside the notebook, which holds things that end with it. */
const BESIDE = `class Ending:
    def __init__(self, name): self.name = name
    def __del__(self): note(f'{self.name} is released')
import os
def note(line, path=os.path.abspath('ends')):
    fd = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT); os.write(fd, (line + '\\n').encode()); os.close(fd)
held = Ending('what a module holds')
cycle = Ending('a cycle of a module'); cycle.itself = cycle
unclosed = open('unclosed-of-module', 'w'); unclosed.write('text of a module')`;

/** What somebody can notice of the end of a kernel's process. */
const CELL = `import atexit, ctypes, gzip, json, logging.handlers, pandas, tempfile, threading, time, weakref, beside
from beside import Ending, note
atexit.register(note, 'the first exit function')
atexit.register(note, 'the last exit function')
local = Ending('what the notebook holds')
ring = Ending('a cycle of the notebook'); ring.itself = ring
weakref.finalize(ring, note, 'a finaliser')
unclosed = open('unclosed', 'w'); unclosed.write('text')
pandas.unclosed = open('unclosed-of-shared', 'wb'); pandas.unclosed.write(b'bytes')
zipped = gzip.open('unclosed.gz', 'wb'); zipped.write(b'packed')
handler = logging.handlers.MemoryHandler(100, target=logging.FileHandler('log')); log = logging.getLogger('own')
log.addHandler(handler); log.warning('a line')
folder = tempfile.TemporaryDirectory(prefix='folder-of-kernel-', dir='.')
def late():
    time.sleep(0.5); note('a thread that is waited for')
threading.Thread(target=late).start()
libc = ctypes.CDLL(None); libc.fopen.restype = ctypes.c_void_p
file = libc.fopen(b'unclosed-of-c', b'w'); libc.fputs(b'text of C', ctypes.c_void_p(file))`;

const READ = `import gzip, glob, json, pathlib
names = ('ends', 'unclosed', 'unclosed-of-module', 'unclosed-of-shared', 'unclosed-of-c', 'log')
texts = {name: pathlib.Path(name).read_text() for name in names}
print(json.dumps({**texts, 'zipped': gzip.open('unclosed.gz').read().decode(), 'folders': glob.glob('folder-of-*')}))`;

it.runIf(linux)(
  'ends as a launched kernel does: files written, exit functions run, objects released',
  async () => {
    const seen: Record<string, unknown>[] = [];
    for (const imports of [IMPORTS, undefined]) {
      const directory = aDirectory();
      writeFileSync(join(directory, 'beside.py'), BESIDE);
      const templateDirectory = aDirectory();
      const ending = await aBatch({ directory, imports, templateDirectory });
      await ending.text(CELL);
      expect(ending.notes).toEqual([]);
      await ending[Symbol.asyncDispose]();
      const reading = await aBatch({ directory });
      seen.push(JSON.parse(await reading.text(READ)) as Record<string, unknown>);
      await reading[Symbol.asyncDispose]();
    }
    expect(seen[0]).toEqual(seen[1]);
    expect(seen[0]).toMatchObject({
      unclosed: 'text',
      'unclosed-of-module': 'text of a module',
      'unclosed-of-shared': 'bytes',
      'unclosed-of-c': 'text of C',
      log: 'a line\n',
      zipped: 'packed',
      folders: [],
    });
    expect((seen[0]?.['ends'] as string).trim().split('\n').toSorted()).toEqual(
      [
        'a cycle of a module is released',
        'a cycle of the notebook is released',
        'a finaliser',
        'a thread that is waited for',
        'the first exit function',
        'the last exit function',
        'what a module holds is released',
        'what the notebook holds is released',
      ].toSorted(),
    );
  },
);
