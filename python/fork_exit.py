"""How a forked kernel ends: as an interpreter does, without taking apart what it shares with its template.

Python visits every object of every module when it ends, and so copies every page that a kernel shares, which
takes longer than most notebooks. Done here, in Python's order, is what somebody may notice of an end; the
system does the rest.
"""

from __future__ import annotations

import atexit
import ctypes
import gc
import io
import sys
import threading
import weakref
from collections.abc import Iterator
from contextlib import suppress
from types import ModuleType
from typing import Any, NoReturn

# A thread that answers a request to shut down is done within milliseconds; without a request it never is.
ANSWER_SECONDS = 0.5


def end_interpreter(shared: dict[str, None]) -> NoReturn:
    """Ends the process with status 0; `shared` are the names of the template's modules, in their order."""
    await_last_answer()
    with suppress(Exception):
        threading._shutdown()  # type: ignore[attr-defined]
    with suppress(Exception):
        atexit._run_exitfuncs()
    sys.setswitchinterval(1e9)  # daemon threads stop about here
    release_modules(["__main__", *imported_behind(shared)])
    close_files()
    # Holding the interpreter's lock, as nobody may need it any more. C has exit functions and buffers too.
    ctypes.PyDLL(None).exit(0)
    raise SystemExit  # not reached


def await_last_answer() -> None:
    """
    Lets ipykernel's control thread end. It may be sending its last status through the thread of output, which
    the first exit function closes: both would then wait for each other until somebody kills the kernel.
    """
    with suppress(Exception):
        from ipykernel.kernelapp import IPKernelApp

        thread = IPKernelApp.instance().control_thread
        if thread is not None:
            thread.join(ANSWER_SECONDS)


def imported_behind(shared: dict[str, None]) -> list[str]:
    """Names of the modules imported since. To look at that of a shared one would copy the page it is in."""
    last = next(reversed(shared), None)
    if last not in sys.modules:
        return [name for name in sys.modules if name not in shared]
    behind = []
    for name in reversed(sys.modules):
        if name == last:
            break
        behind.append(name)
    return behind[::-1]


def release_modules(names: list[str]) -> None:
    """Ends the objects that only these modules hold, with what they do in their end."""
    gc.collect()
    alive = [
        weakref.ref(sys.modules.pop(name)) for name in names if isinstance(sys.modules[name], ModuleType)
    ]
    gc.collect()
    for reference in reversed(alive):
        module = reference()
        if module is not None:
            clear(vars(module))
        del module
    gc.collect()


def clear(names: dict[str, object]) -> None:
    """As Python does: first the names that begin with one underscore."""
    private = [name for name in names if name[:1] == "_" and name[:2] != "__"]
    for name in [*private, *names]:
        if name != "__builtins__":
            names[name] = None


def close_files() -> None:
    """Writes what stands in buffers of files that are still held: wrappers first, then what they wrap."""
    kinds = {*subclasses(io.TextIOWrapper), *subclasses(BUFFERED)}
    alive = [value for value in gc.get_objects() if type(value) in kinds]
    alive.sort(key=lambda value: isinstance(value, io.BufferedWriter | io.BufferedRandom))
    alive.sort(key=lambda value: not isinstance(value, io.TextIOWrapper))
    for file in alive:
        with suppress(Exception):
            file.flush() if file in STANDARD_STREAMS else file.close()


def subclasses(kind: type[Any]) -> Iterator[type[Any]]:
    """And the class itself: to ask of each object whether it is one takes longer than all else of an end."""
    yield kind
    for one in kind.__subclasses__():
        yield from subclasses(one)


BUFFERED: type[Any] = io.BufferedWriter.__mro__[1]  # of those written in C, and of io.BufferedIOBase
STANDARD_STREAMS = (sys.__stdin__, sys.__stdout__, sys.__stderr__)
