"""Executes the runs of a configs file with nbclient and with papermill, and leaves what they make of them.

    run_oracles.py CONFIGS FOLDER

FOLDER holds two copies of the corpus, `nbclient` and `papermill`. Each program works in its own and writes
where the program under test would; how each run ended goes to FOLDER/oracles.json.
"""

from __future__ import annotations

import json
import os
import re
import signal
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from types import FrameType
from typing import Any

Run = dict[str, Any]
ATTEMPTS = 4
PARALLEL = 2
# nbclient now and then misses the reply of a cell that uses an Output widget, and would wait for ever. A busy machine
# needs longer: each attempt has twice as long as the one before.
PATIENCE_S = 15
# Their own 4 s cut short what a busy machine prints.
IOPUB_TIMEOUT_S = 60
# Where another process has taken a port of the kernel's, the client waits in ZeroMQ for a peer that never comes, and none of
# its own limits applies. The longest run of the corpus takes seconds.
HANGS_AFTER_S = 90
# Likewise, told by the client.
NEVER_STARTED = re.compile("before replying to kernel_info|Kernel didn't respond in")


class HangError(RuntimeError):
    """The oracle waits for something that will not come."""


def give_up(_signal: int, _frame: FrameType | None) -> None:
    raise HangError("nothing more came")


def main(configs: str, folder: str) -> None:
    runs = json.loads(Path(configs).read_text("utf8"))
    with ProcessPoolExecutor(PARALLEL) as pool:
        pending = {
            (name, program): pool.submit(execute, program, name, run, folder)
            for name, run in runs.items()
            for program in PROGRAMS
        }
    ends: dict[str, dict[str, Any]] = {name: {} for name in runs}
    for (name, program), future in pending.items():
        ends[name][program] = future.result()
    (Path(folder) / "oracles.json").write_text(json.dumps(ends), "utf8")


def execute(program: str, name: str, run: Run, folder: str) -> dict[str, Any] | None:
    """How the run ended: its status, and the error's name and text when the program gives one."""
    os.chdir(Path(folder) / program)
    stem = Path(run["notebook"]).stem
    output = Path("papermill_outputs", stem, name, f"{stem}_{name}.ipynb")
    output.parent.mkdir(parents=True, exist_ok=True)
    signal.signal(signal.SIGALRM, give_up)
    for attempt in range(ATTEMPTS):
        # Again and again: cleaning up may hang as well.
        signal.setitimer(signal.ITIMER_REAL, HANGS_AFTER_S * 2**attempt, 10)
        try:
            end = PROGRAMS[program](run, str(output), PATIENCE_S * 2**attempt)
        except RuntimeError as error:  # processes take each other's ports: jupyter/jupyter_client#487
            if not isinstance(error, HangError) and not NEVER_STARTED.search(str(error)):
                raise
        else:
            if end is None or end["status"] not in by_chance(name, run):
                return end
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
    raise RuntimeError(f"{program} never got {name} done")


def by_chance(name: str, run: Run) -> set[str]:
    """Ends that say something about the machine and not about the notebook."""
    timed_out = set() if "cell_timeout" in options(run) else {"timed-out"}
    return timed_out | (set() if name.startswith("death-") else {"kernel-died"})


def options(run: Run) -> dict[str, Any]:
    return dict(run.get("run", {}))


def with_nbclient(run: Run, output: str, patience_s: int) -> dict[str, Any]:
    import nbformat
    from nbclient import NotebookClient
    from papermill.iorw import load_notebook_node
    from papermill.parameterize import parameterize_notebook

    if run["parameters"]:  # nbclient has no parameters of its own
        notebook = parameterize_notebook(load_notebook_node(run["notebook"]), run["parameters"])
    else:
        notebook = nbformat.read(run["notebook"], as_version=4)
    client = NotebookClient(
        notebook,
        timeout=options(run).get("cell_timeout", patience_s),
        iopub_timeout=IOPUB_TIMEOUT_S,
        allow_errors=options(run).get("allow_errors", False),
        shutdown_kernel="immediate",
    )
    end = how_it_ends(lambda: client.execute(cwd=os.getcwd()))
    nbformat.write(notebook, output)
    return end


def with_papermill(run: Run, output: str, patience_s: int) -> dict[str, Any] | None:
    import papermill

    if options(run).get("allow_errors"):  # papermill cannot
        return None
    metadata = json.loads(Path(run["notebook"]).read_text("utf8"))["metadata"]
    return how_it_ends(
        lambda: papermill.execute_notebook(
            run["notebook"],
            output,
            run["parameters"],
            kernel_name=None if "name" in metadata.get("kernelspec", {}) else "python3",
            execution_timeout=options(run).get("cell_timeout", patience_s),
            iopub_timeout=IOPUB_TIMEOUT_S,
            progress_bar=False,
            shutdown_kernel="immediate",
        )
    )


def how_it_ends(action: Any) -> dict[str, Any]:
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
    from papermill.exceptions import PapermillExecutionError

    try:
        action()
    except (CellExecutionError, PapermillExecutionError) as error:
        return {"status": "failed", "ename": error.ename, "evalue": error.evalue}
    except CellTimeoutError:
        return {"status": "timed-out"}
    except DeadKernelError:
        return {"status": "kernel-died"}
    return {"status": "passed"}


PROGRAMS = {"nbclient": with_nbclient, "papermill": with_papermill}

if __name__ == "__main__":
    main(*sys.argv[1:])
