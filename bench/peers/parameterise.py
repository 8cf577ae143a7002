"""Notebooks with their parameters written in, for executors that know none.

python parameterise.py RUNS.json
"""

import json
import os
import sys
from pathlib import Path

import nbformat


def parameterised(run: dict) -> nbformat.NotebookNode:
    notebook = nbformat.read(run["notebook"], as_version=4)
    source = "\n".join(f"{name} = {value!r}" for name, value in run["parameters"].items())
    at = 0
    for index, cell in enumerate(notebook.cells):
        if "parameters" in cell.metadata.get("tags", []):
            at = index + 1
    notebook.cells.insert(at, nbformat.v4.new_code_cell(source))
    return notebook


if __name__ == "__main__":
    for run in json.loads(Path(sys.argv[1]).read_text()):
        output = Path(run["output"])
        output.parent.mkdir(parents=True, exist_ok=True)
        notebook = parameterised(run)
        # nbmake executes a notebook where it stands; these notebooks name files of the working directory.
        notebook.cells.insert(0, nbformat.v4.new_code_cell(f"import os\nos.chdir({os.getcwd()!r})"))
        nbformat.write(notebook, output)
