"""nbclient in a pool of processes.

python nbclient_pool.py RUNS.json AT_ONCE
"""

import json
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import nbformat
from nbclient import NotebookClient

from parameterise import parameterised


def execute(run: dict) -> None:
    notebook = parameterised(run)
    output = Path(run["output"])
    output.parent.mkdir(parents=True, exist_ok=True)
    try:
        NotebookClient(notebook).execute()
    finally:
        nbformat.write(notebook, output)


if __name__ == "__main__":
    runs = json.loads(Path(sys.argv[1]).read_text())
    with ProcessPoolExecutor(int(sys.argv[2])) as pool:
        list(pool.map(execute, runs))
