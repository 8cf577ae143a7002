"""What a template imports, and when an import is unfit: forks would inherit more of it than modules.

Every import is checked by what it leaves behind. A thread does not survive a fork, a descriptor or a shared
page would be common to all kernels, a printed warning would be missing from the notebook, and a module
that looked for the IPython shell has found none.
"""

from __future__ import annotations

import gc
import locale
import os
import re
import sys
import time
import tokenize
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from keyword import iskeyword
from pathlib import Path
from typing import Any

from fork_environment import NamesRead, recorded

# Imported by a kernel while it starts, or at its first cell or error: measured with ipykernel 6 and 7. A name
# that an older or newer version does not have is passed over.
KERNEL_IMPORTS = (
    "ipykernel.kernelapp",
    "runpy",
    "pdb",
    "IPython.core.debugger",
    "psutil",
    "tornado.platform.asyncio",
    "faulthandler",
    "debugpy.server",
    "ipykernel.debugger",
    "sqlite3",
    "IPython.core.completerlib",
    "IPython.core.oinspect",
    "IPython.core.logger",
    "IPython.extensions.storemagic",
    "stack_data",
    "pygments.formatters.terminal256",
)
# Set by ipykernel before a notebook's first import; matplotlib reads it when it is imported.
INLINE_BACKEND = {"MPLBACKEND": "module://matplotlib_inline.backend_inline"}
THREADS_END_SECONDS = 1.0
# jemalloc (in pyarrow) prepares for forks itself, and does without this thread in a fork.
FORK_AWARE_THREADS = {"jemalloc_bg_thd"}
LEAVES_THREAD = "leaves a thread running"
PRINTS = "prints something"
# 32 and 33 as /proc shows them: the C library's own, handled from the first thread on.
LIBC_SIGNALS = 3 << 31


class UnfitImport(Exception):
    """An import that must not be shared by forks; tells which and why."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"importing {name} {reason}")
        self.name = name
        self.reason = reason


def import_for_kernels(read: NamesRead) -> set[str]:
    """
    Imports what every kernel imports while it starts; what that prints no kernel would show. Returns the
    top-level modules of the first import, which a kernel makes before its directory is in sys.path.
    """
    first: set[str] = set()
    for name in KERNEL_IMPORTS:
        before = inherited(threads())
        with recorded(read):
            import_if_there(name)
        refuse_changes(name, before, inherited(before[LEAVES_THREAD]))
        first = first or {module.partition(".")[0] for module in sys.modules}
    fill_caches()
    return first


def fill_caches() -> None:
    """The patterns that a kernel's first cell needs take longer to compile than most cells to execute."""
    for quotes in ("'''", '"""', "'", '"'):
        list(tokenize.generate_tokens(iter([f"name = {quotes}text{quotes}\n", ""]).__next__))


def import_for_notebooks(names: list[str], read: NamesRead) -> list[UnfitImport]:
    """Imports what the batch's notebooks will import, as if a cell of theirs did. Returns the unfit ones."""
    unfit = []
    for name in names:
        try:
            import_for_notebook(name, read)
        except UnfitImport as error:
            unfit.append(error)
    return unfit


def import_for_notebook(name: str, read: NamesRead) -> None:
    before = inherited(threads()) | settings()
    variables = dict(os.environ)
    inline = {key: value for key, value in INLINE_BACKEND.items() if not variables.get(key)}
    os.environ.update(inline)
    try:
        with shell_unasked(name), recorded(read):
            import_if_there(name)
    finally:
        for variable in inline:
            os.environ.pop(variable, None)
            os.environ.update({variable: variables[variable]} if variable in variables else {})
    if not variables.items() <= os.environ.items():
        raise UnfitImport(name, "changes the environment")
    refuse_changes(name, before, inherited(before[LEAVES_THREAD]) | settings())


def import_if_there(name: str) -> None:
    """A name may be an attribute (`scipy.stats.norm`) or not be installed: the notebook's affair."""
    if not all(part.isidentifier() and not iskeyword(part) for part in name.split(".")):
        raise UnfitImport(name, "is not possible: it is no name of a module")
    try:
        # As the code of __main__, to which a warning of the import is then attributed, and shown.
        exec(f"import {name}", {"__name__": "__main__"})
    except ModuleNotFoundError as error:
        if error.name is None or not f"{name}.".startswith(f"{error.name}."):
            raise UnfitImport(name, f"fails: {error}") from error
    except (Exception, SystemExit) as error:
        raise UnfitImport(name, f"fails: {type(error).__name__}: {error}") from error


def refuse_changes(name: str, before: dict[str, Any], after: dict[str, Any]) -> None:
    for what, value in before.items():
        if after[what] != value:
            raise UnfitImport(name, what)


def inherited(threads_expected: int) -> dict[str, Any]:
    """What a fork would share with its template or lack, by what to say of an import that changes it."""
    end_threads_that_forks_end(threads_expected)
    maps = Path("/proc/self/maps").read_text().splitlines()
    return {
        LEAVES_THREAD: threads(),
        "leaves a process running": children(),
        "leaves a file or socket open": sorted(open_files()),
        "leaves memory that processes share": [line for line in maps if " rw-s " in line],
    }


def settings() -> dict[str, Any]:
    """What a notebook that does not have the import would notice, or what it would miss of it."""
    sys.stdout.flush()
    sys.stderr.flush()
    return {
        PRINTS: os.fstat(2).st_size,
        "changes how signals are handled": [
            int(mask, 16) & ~LIBC_SIGNALS for mask in status("SigBlk", "SigIgn", "SigCgt")
        ],
        "changes sys.path": list(sys.path),
        "changes the working directory": os.getcwd(),
        "changes the locale": locale.setlocale(locale.LC_ALL),
        "changes the umask or the CPUs": status("Umask", "Cpus_allowed"),
        "replaces a standard stream": (sys.stdin, sys.stdout, sys.stderr),
        "traces what runs": (sys.gettrace(), sys.getprofile()),
        "replaces a hook of the interpreter": (sys.excepthook, sys.displayhook, sys.breakpointhook),
        "changes the garbage collector": (gc.isenabled(), gc.get_threshold()),
        "chooses how figures are shown": "matplotlib_inline.backend_inline" in sys.modules,
    }


def threads() -> int:
    """Threads that forks would miss, and this one."""
    names = [Path(task, "comm").read_text().strip() for task in Path("/proc/self/task").iterdir()]
    return len([name for name in names if name not in FORK_AWARE_THREADS])


def open_files() -> set[str]:
    """Descriptors beside the one that reads the list."""
    listed = os.listdir("/proc/self/fd")
    return {number for number in listed if os.path.lexists(f"/proc/self/fd/{number}")}


def status(*fields: str) -> tuple[str, ...]:
    text = Path("/proc/self/status").read_text()
    return tuple(re.findall(rf"^(?:{'|'.join(fields)}):\s*(.*)$", text, re.MULTILINE))


def children() -> bool:
    try:
        os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    except ChildProcessError:
        return False
    return True


def end_threads_that_forks_end(expected: int) -> None:
    """OpenBLAS ends its threads before every fork and starts them anew on demand; others stay behind."""
    if threads() <= expected:
        return
    rehearsal = fork()
    if rehearsal == 0:
        os._exit(0)
    os.waitpid(rehearsal, 0)
    deadline = time.monotonic() + THREADS_END_SECONDS
    while threads() > expected and time.monotonic() < deadline:  # one that was told to end may take a moment
        time.sleep(0.01)


def fork() -> int:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # Python 3.12 counts all threads; see threads()
        return os.fork()


@contextmanager
def shell_unasked(name: str) -> Iterator[None]:
    """Refuses an import that asks for the shell: get_ipython() answers None in a template."""
    from IPython.core.interactiveshell import InteractiveShell

    asked = []

    def initialized(cls: type) -> bool:
        asked.append(name)
        return False

    InteractiveShell.initialized = classmethod(initialized)  # type: ignore[method-assign, assignment]
    try:
        yield
    finally:
        del InteractiveShell.initialized
    if asked:
        raise UnfitImport(name, "looks for the notebook's shell")
