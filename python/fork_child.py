"""How a fork of the template becomes a kernel that could have been launched as a process of its own."""

from __future__ import annotations

import importlib.util
import logging
import os
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from types import CodeType, ModuleType

from fork_protocol import KernelCommand

LAUNCHER = "ipykernel_launcher"


@dataclass(frozen=True)
class Launcher:
    """What `python -m ipykernel_launcher` executes as __main__."""

    module: ModuleType
    code: CodeType
    path: str


def find_launcher() -> Launcher:
    spec = importlib.util.find_spec(LAUNCHER)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(LAUNCHER)
    module = ModuleType("__main__")
    vars(module).update(
        __spec__=spec,
        __file__=spec.origin,
        __loader__=spec.loader,
        __package__=spec.parent,
        __cached__=spec.cached,
    )
    code: CodeType = spec.loader.get_code(LAUNCHER)  # type: ignore[union-attr]
    return Launcher(module, code, spec.origin)


def become_process(command: KernelCommand, stdout: int, stderr: int) -> None:
    """A session, directory, environment and standard streams of its own, as subprocess.Popen gives them."""
    os.setsid()
    os.dup2(stdout, 1)
    os.dup2(stderr, 2)
    nothing_to_read, writer = os.pipe()
    os.close(writer)
    os.dup2(nothing_to_read, 0)
    os.chdir(command["cwd"])
    os.environ.clear()
    os.environ.update(command["env"])


def close_inherited() -> None:
    """Leaves nothing open but the standard streams."""
    for number in map(int, os.listdir("/proc/self/fd")):
        if number > 2:
            with suppress(OSError):  # the one that read the list
                os.close(number)


def modules_in(folder: str) -> list[str]:
    """For the template: a kernel that looked at every module would copy the pages in which they stand."""
    return [
        name
        for name, module in sys.modules.items()
        if os.path.dirname(getattr(module, "__file__", None) or "") == folder
    ]


def become_interpreter(command: KernelCommand, launcher: Launcher, *, forgetting: list[str]) -> None:
    """
    The state in which the launcher starts: what modules noted when they were imported is noted anew, and the
    modules named by `forgetting` were never imported.
    """
    argv = command["argv"]
    sys.orig_argv[:] = argv
    sys.argv[:] = [launcher.path, *argv[argv.index(LAUNCHER) + 1 :]]
    if not getattr(sys.flags, "safe_path", False):
        sys.path.insert(0, os.getcwd())  # the launcher takes it out again
    for name in forgetting:
        del sys.modules[name]
    renew_random_numbers()
    renew_process_notes()


def renew_random_numbers() -> None:
    """Python seeds `random` after every fork by itself."""
    random = sys.modules.get("numpy.random")
    if random is not None:
        random.seed()


def renew_process_notes() -> None:
    process = sys.modules.get("multiprocessing.process")
    if process is not None:
        process.ORIGINAL_DIR = os.path.abspath(os.getcwd())  # type: ignore[attr-defined]
        process.current_process().authkey = os.urandom(32)
    # Records count their time from here: seconds in a float, since 3.13 nanoseconds in an integer.
    logging._startTime = type(logging._startTime)(  # type: ignore[attr-defined]
        time.time_ns() if isinstance(logging._startTime, int) else time.time()  # type: ignore[attr-defined]
    )
    # A fork's main thread keeps the number of its parent's, in every Python up to 3.13.
    note_number = getattr(threading.main_thread(), "_set_native_id", None)
    if note_number is not None:
        note_number()
