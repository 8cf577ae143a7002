import { expect, test } from 'vitest';
import type { Run } from '../../src/model.ts';
import type { Notebook } from '../../src/notebook/types.ts';
import { commonImports, sharedImports } from '../../src/plan/common-imports.ts';
import { aRun } from '../fakes/runs.ts';

function aNotebook(...sources: string[]): Notebook {
  const cells = sources.map((source) => ({
    cell_type: 'code' as const,
    metadata: {},
    source,
    outputs: [],
    execution_count: null,
  }));
  return { nbformat: 4, nbformat_minor: 5, metadata: {}, cells };
}

test.each([
  ['import numpy', ['numpy']],
  ['import numpy as np, pandas as pd', ['numpy', 'pandas']],
  ['import os, sys; import numpy', ['numpy']],
  ['  import matplotlib.pyplot as plt  # figures', ['matplotlib.pyplot']],
  ['from scipy import stats, linalg as la', ['scipy', 'scipy.stats', 'scipy.linalg']],
  [
    'from sklearn.linear_model import (\n    Ridge,  # the first\n    Lasso as L,\n)',
    ['sklearn.linear_model', 'sklearn.linear_model.Ridge', 'sklearn.linear_model.Lasso'],
  ],
  ['from pandas import *', ['pandas']],
  ['try:\n    import seaborn\nexcept ImportError:\n    pass', ['seaborn']],
  ['import torch\nimport tensorflow as tf\nimport polars\nfrom mine import numpy', []],
  ['# import numpy\nprint("import pandas")\nimportant = 1\nfrom_ = 2', []],
  ['from . import pandas\nimport numpy.\nimport 9pandas', []],
])('%j imports %j', (source, modules) => {
  expect(commonImports([aNotebook(source)])).toEqual(modules);
});

test('the modules of all notebooks are shared, each once, in order of appearance', () => {
  const notebooks = [
    aNotebook('import pandas as pd', 'import numpy as np'),
    aNotebook('import numpy as np\nimport seaborn as sns'),
  ];
  expect(commonImports(notebooks)).toEqual(['pandas', 'numpy', 'seaborn']);
});

test('only code is read', () => {
  const notebook = aNotebook('import numpy');
  for (const cell of notebook.cells) cell.cell_type = 'markdown';
  expect(commonImports([notebook])).toEqual([]);
});

test.each([
  '%pip install -U pandas',
  '!pip3 install "pandas<2"',
  '!{sys.executable} -m pip install pandas',
  'subprocess.run([sys.executable, "-m", "pip", "install", "pandas"])',
  '!conda install -y pandas',
  '!uv add pandas',
  'import os\nos.environ["OMP_NUM_THREADS"] = "4"',
  '%env MKL_NUM_THREADS=1',
  "os.environ['MPLBACKEND'] = 'agg'",
  'os.environ.update(PANDAS_COPY_ON_WRITE="1")',
  'load_dotenv()',
  'sys.path.insert(0, "src")',
  'sys.path = ["src"] + sys.path',
  'sys.path[:0] = ["src"]',
  'sys.modules["pandas"] = fake',
])('nothing is shared when a notebook does %j, which must come before its imports', (source) => {
  expect(commonImports([aNotebook('import pandas'), aNotebook(source, 'import numpy')])).toEqual([]);
});

test.each(['sys.path.append("src")', 'os.environ["GREETING"] = "hi"', 'print(df.NAMES)', '%pip list'])(
  '%j may as well come after imports',
  (source) => {
    expect(commonImports([aNotebook(source, 'import numpy')])).toEqual(['numpy']);
  },
);

test('kernels share what the runs name, and what the notebooks of the others import', () => {
  const notebooks = new Map([
    ['/a.ipynb', { notebook: aNotebookOf('python', 'import pandas') }],
    ['/b.ipynb', { notebook: aNotebookOf('python', 'import seaborn') }],
    ['/r.ipynb', { notebook: aNotebookOf('R', 'import numpy') }],
  ]);
  const run = (path: string, preload: 'auto' | readonly string[]): Run =>
    aRun({ notebookPath: path, preload });
  const shared = (...runs: Run[]): readonly string[] => sharedImports(runs, notebooks);
  // What the first table needs, in the last cell of nearly every notebook.
  const pandas = ['pandas', 'pandas.io.formats.html', 'pandas.io.formats.string'];
  expect(shared(run('/a.ipynb', 'auto'), run('/a.ipynb', 'auto'))).toEqual(pandas);
  expect(shared(run('/a.ipynb', 'auto'), run('/b.ipynb', []))).toEqual(pandas);
  const named = shared(run('/a.ipynb', ['mine', 'torch']), run('/b.ipynb', 'auto'));
  expect(named.slice(0, 4)).toEqual(['mine', 'torch', 'seaborn', 'matplotlib.backends.backend_agg']);
  expect(named).not.toContain('pandas.io.formats.html');
  expect(shared(run('/r.ipynb', 'auto'), run('/a.ipynb', []))).toEqual([]);
});

function aNotebookOf(language: string, source: string): Notebook {
  const kernelspec = { name: 'kernel', display_name: language, language };
  return { ...aNotebook(source), metadata: { kernelspec } };
}
