"""What a notebook can see of the process it runs in, as one line of JSON.

Run as a cell, in a forked kernel and in a launched one, and compared. What must differ between any two
processes is told as a relation (own session: True).
"""

import json as _json


def portrait():
    import asyncio
    import atexit
    import builtins
    import collections
    import ctypes
    import faulthandler
    import gc
    import locale
    import logging
    import multiprocessing
    import os
    import pathlib
    import re
    import resource
    import signal
    import sys
    import tempfile
    import threading
    import time
    import tracemalloc
    import warnings

    def proc(name):
        return pathlib.Path("/proc/self", name).read_text()

    def status(*fields):
        return dict(re.findall(rf"^({'|'.join(fields)}):\s*(.*)$", proc("status"), re.MULTILINE))

    def open_file(number):
        try:
            return re.sub(r"\[\d+\]", "[N]", os.readlink(f"/proc/self/fd/{number}"))
        except OSError:
            return "gone"

    def stream(it):
        return [type(it).__name__, it.encoding, it.errors, it.isatty(), it.line_buffering, it.fileno()]

    def handlers(logger):
        return [f"{type(handler).__name__} {handler.level}" for handler in logger.handlers]

    def prctl(option):
        value = ctypes.c_int(-1)
        assert ctypes.CDLL(None).prctl(option, ctypes.byref(value), 0, 0, 0) == 0
        return value.value

    def answer_on_control():
        """Only a launched kernel has been asked there, whose thread then has a pipe to the thread of output."""
        kernel = get_ipython().kernel  # noqa: F821
        answered = threading.Event()

        def answer():
            kernel.iopub_thread.schedule(answered.set)

        kernel.control_thread.io_loop.add_callback(answer)
        assert answered.wait(10)

    answer_on_control()
    # Seconds since 1970 at which the process and its log clock began; /proc counts hundredths of a second.
    boot = int(re.search(r"btime (\d+)", pathlib.Path("/proc/stat").read_text())[1])
    started = boot + int(proc("stat").rpartition(")")[2].split()[19]) / 100 - 1
    logged = logging._startTime / (1e9 if isinstance(logging._startTime, int) else 1)
    shell = get_ipython()  # noqa: F821
    main = sys.modules["__main__"]
    limits = [name for name in dir(resource) if name.startswith("RLIMIT_")]
    loggers = {
        name: [logger.level, logger.propagate, logger.disabled, handlers(logger)]
        for name, logger in [("", logging.root), *logging.root.manager.loggerDict.items()]
        if isinstance(logger, logging.Logger)
    }
    return {
        "executable": [sys.executable, sys.prefix, sys.base_prefix, sys.version],
        "argv": [re.sub("kernel-[-0-9a-f]{36}", "kernel-ID", argument) for argument in sys.argv],
        "orig_argv": [re.sub("kernel-[-0-9a-f]{36}", "kernel-ID", argument) for argument in sys.orig_argv],
        "flags": repr(sys.flags),
        "options": [sys.warnoptions, {**sys._xoptions}, sys.dont_write_bytecode],
        "path": sys.path,
        "meta_path": [getattr(finder, "__name__", type(finder).__name__) for finder in sys.meta_path],
        "path_hooks": len(sys.path_hooks),
        "hooks": [
            repr(hook).partition(" at ")[0]
            for hook in (
                sys.excepthook,
                sys.displayhook,
                sys.breakpointhook,
                sys.unraisablehook,
                threading.excepthook,
            )
        ],
        "tracing": [
            repr(sys.gettrace()),
            repr(sys.getprofile()),
            tracemalloc.is_tracing(),
            faulthandler.is_enabled(),
        ],
        "interpreter": [
            sys.getrecursionlimit(),
            sys.getswitchinterval(),
            sys.ps1,
            sys.flags.hash_randomization,
        ],
        "modules": sorted(sys.modules),
        "modules of the template": [name for name in sys.modules if name.startswith("fork_")],
        "main": [sorted(vars(main)), repr(main.__spec__), main.__name__, main.__doc__, main is not None],
        "builtins": sorted(vars(builtins)),
        "streams": [stream(sys.__stdin__), stream(sys.__stdout__), stream(sys.__stderr__)],
        "notebook streams": [type(sys.stdout).__name__, type(sys.stderr).__name__, type(sys.stdin).__name__],
        "environment": dict(os.environ),
        "directory": [os.getcwd(), multiprocessing.process.ORIGINAL_DIR],
        "temporary directory": [tempfile.tempdir, tempfile.gettempdir()],
        "own session and group": [os.getsid(0) == os.getpid(), os.getpgid(0) == os.getpid()],
        "child of the server": os.getppid() == int(os.environ["JPY_PARENT_PID"]),
        "priority": [
            os.getpriority(os.PRIO_PROCESS, 0),
            sorted(os.sched_getaffinity(0)),
            os.sched_getscheduler(0),
        ],
        "limits": {name: resource.getrlimit(getattr(resource, name)) for name in limits},
        "status": status(
            "Umask",
            "NoNewPrivs",
            "Seccomp",
            "CapEff",
            "CapBnd",
            "THP_enabled",
            "SigBlk",
            "SigIgn",
            "SigCgt",
            "SigPnd",
            "ShdPnd",
            "Uid",
            "Gid",
            "Threads",
        ),
        "death signal, subreaper": [prctl(2), prctl(37)],
        "out of memory, timers": [proc("oom_score_adj"), proc("timerslack_ns"), proc("coredump_filter")],
        "alarms": [signal.getitimer(timer) for timer in (0, 1, 2)],
        "signals": {
            name.name: repr(signal.getsignal(name)).partition(" at ")[0]
            for name in signal.valid_signals()
            if isinstance(name, signal.Signals)
        },
        "open files": dict(collections.Counter(open_file(number) for number in os.listdir("/proc/self/fd"))),
        "shared memory": [line for line in proc("maps").splitlines() if " rw-s " in line],
        "threads": sorted(thread.name for thread in threading.enumerate()),
        "main thread": [
            threading.current_thread() is threading.main_thread(),
            threading.main_thread().native_id == os.getpid(),
            threading.main_thread().ident == threading.get_ident(),
        ],
        "asyncio": [type(asyncio.get_event_loop()).__name__, type(asyncio.get_event_loop_policy()).__name__],
        "locale": [
            locale.setlocale(locale.LC_ALL),
            locale.getpreferredencoding(),
            sys.getfilesystemencoding(),
            time.tzname,
        ],
        "garbage": [gc.isenabled(), gc.get_threshold(), gc.get_debug(), len(gc.garbage), len(gc.callbacks)],
        "frozen objects": gc.get_freeze_count(),
        "warnings": [repr(entry) for entry in warnings.filters],
        "loggers": loggers,
        "log clock starts with the process": logged >= started,
        "exit functions": atexit._ncallbacks(),
        "multiprocessing": [
            multiprocessing.current_process().name,
            repr(multiprocessing.parent_process()),
            multiprocessing.get_start_method(allow_none=True),
            multiprocessing.active_children(),
        ],
        "shell": [
            shell.history_manager.hist_file,
            sorted(shell.extension_manager.loaded),
            sorted(name for name in shell.user_ns if not name.startswith("_")),
            {name: len(callbacks) for name, callbacks in shell.events.callbacks.items()},
            type(shell.kernel).__name__,
        ],
        "command line": proc("cmdline").replace("\0", " ").strip(),
        "parent command line": pathlib.Path(f"/proc/{os.getppid()}/cmdline").read_text().replace("\0", " "),
    }


print(_json.dumps(portrait(), default=repr))
