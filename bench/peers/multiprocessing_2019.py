"""The approach of 2019, written anew for the benchmark: papermill in one process for each entry, all at once.

python multiprocessing_2019.py RUNS.json
"""

import json
import multiprocessing
import sys
from pathlib import Path

import papermill


def execute(run: dict) -> None:
    output = Path(run["output"])
    output.parent.mkdir(parents=True, exist_ok=True)
    papermill.execute_notebook(run["notebook"], str(output), parameters=run["parameters"], progress_bar=False)


if __name__ == "__main__":
    for run in json.loads(Path(sys.argv[1]).read_text()):
        multiprocessing.Process(target=execute, args=(run,)).start()
