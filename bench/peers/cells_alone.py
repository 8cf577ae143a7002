"""The CPU seconds that the cells of all runs take by themselves: no kernel, no messages, one fresh process for each.

python cells_alone.py RUNS.json

Prints the sum and the longest wall time, in milliseconds, as JSON.
"""

import json
import multiprocessing
import os
import sys
import time
from pathlib import Path

from parameterise import parameterised


def execute(run: dict, answer) -> None:  # noqa: ANN001
    from IPython.core.interactiveshell import InteractiveShell

    os.environ["MPLBACKEND"] = "module://matplotlib_inline.backend_inline"
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)

    class Shell(InteractiveShell):
        def enable_gui(self, gui=None) -> None:  # noqa: ANN001
            """What `%matplotlib inline` asks for, and a shell without a front-end has not."""

    shell = Shell.instance()
    cells = [cell.source for cell in parameterised(run).cells if cell.cell_type == "code"]
    begun, cpu = time.monotonic(), time.process_time()
    for source in cells:
        shell.run_cell(source, store_history=True).raise_error()
    answer.send((time.process_time() - cpu, time.monotonic() - begun))


if __name__ == "__main__":
    context = multiprocessing.get_context("spawn")
    times = []
    for run in json.loads(Path(sys.argv[1]).read_text()):
        receiver, sender = context.Pipe(duplex=False)
        process = context.Process(target=execute, args=(run, sender))
        process.start()
        sender.close()  # or the end of a process that fails would not be noticed
        times.append(receiver.recv())
        process.join()
    cpu, wall = zip(*times, strict=True)
    print(json.dumps({"cpuMs": sum(cpu) * 1000, "longestMs": max(wall) * 1000}))
