"""What every kernel works out at its start, with the same result: the template works it out once.

A version of IPython or ipykernel that does these things differently does them in each kernel, as ever.
"""

from __future__ import annotations

import inspect
import os
import pickle
import sys
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass
from functools import wraps
from types import ModuleType, SimpleNamespace
from typing import Any

from fork_exit import imported_behind
from fork_preload import fork
from fork_protocol import IPYKERNEL_ARGUMENTS

CONNECTION_FILE = "connection.json"


def rehearse() -> None:
    for share in (share_parser_of_script_magics, share_command_line):
        with suppress(Exception):
            share()


def share_parser_of_script_magics() -> None:
    """IPython builds the same parser for each of eight magics like `%%bash`, and a help that nobody sees."""
    from IPython.core import magic_arguments
    from IPython.core.magics import script

    original: Any = magic_arguments.construct_parser
    magics: Any = script.ScriptMagics
    magic = magics._make_script_magic(SimpleNamespace(script_paths={}), "sh")

    @wraps(original)
    def construct_parser(function: Any) -> Any:
        return magic.parser if function.__qualname__ == magic.__qualname__ else original(function)

    magic_arguments.construct_parser = construct_parser


def share_command_line() -> None:
    """Kernels differ in the name of their connection file; the parser knows all settings there are."""
    from ipykernel import kernelapp

    IPKernelApp: Any = kernelapp.IPKernelApp
    original = IPKernelApp.parse_command_line
    config = read_command_line(["-f", CONNECTION_FILE, *IPYKERNEL_ARGUMENTS])
    if config["IPKernelApp"] != {"connection_file": CONNECTION_FILE}:
        return

    @wraps(original)
    def parse_command_line(self: Any, argv: list[str] | None = None) -> None:
        option, file, *others = [*(sys.argv[1:] if argv is None else argv), "", ""]
        if type(self) is not IPKernelApp or option != "-f" or others != [*IPYKERNEL_ARGUMENTS, "", ""]:
            original(self, argv)
            return
        self.argv = [option, file, *IPYKERNEL_ARGUMENTS]
        self.cli_config = deepcopy(config)
        self.cli_config.IPKernelApp.connection_file = file
        self.update_config(self.cli_config)
        self.extra_args = []

    IPKernelApp.parse_command_line = parse_command_line


def lift_limit_of_output() -> bool:
    """
    ZeroMQ drops what a reader has not taken after 1,000 messages; with 0, set before a socket is bound, it
    never does. Whether kernels do so; others are told by our client, which takes as long as a cell.
    """
    try:
        import zmq
        from ipykernel.kernelapp import IPKernelApp

        original: Any = IPKernelApp._bind_socket
    except (ImportError, AttributeError):
        return False

    @wraps(original)
    def bind_socket(self: Any, socket: Any, port: int) -> Any:
        if socket.type in {zmq.PUB, zmq.XPUB}:
            socket.setsockopt(zmq.SNDHWM, 0)
        return original(self, socket, port)

    IPKernelApp._bind_socket = bind_socket  # type: ignore[method-assign]
    return True


def read_command_line(argv: list[str]) -> Any:
    """What an application reads in it; in another process, for it leaves loggers and more behind."""
    answer, teller = os.pipe()
    child = fork()
    if child == 0:
        with suppress(BaseException):
            from ipykernel import kernelapp

            app: Any = kernelapp.IPKernelApp()  # type: ignore[no-untyped-call]
            app.parse_command_line(argv)
            if app.extra_args == []:
                os.write(teller, pickle.dumps(app.cli_config))
        os._exit(0)
    os.close(teller)
    with os.fdopen(answer, "rb") as file:
        told = file.read()
    os.waitpid(child, 0)
    return pickle.loads(told)


@dataclass(frozen=True, slots=True)
class ModuleFile:
    __file__: str


class ModuleFiles:
    """What ipykernel wants of `sys.modules`, without a look at the modules that are shared."""

    def __init__(self, shared: dict[str, None]) -> None:
        self._shared = shared
        paths = [getattr(sys.modules.get(name), "__file__", None) for name in shared]
        # Copies stand close together; a look at the paths themselves would copy most pages of the modules.
        self._files = [ModuleFile(os.fsdecode(os.fsencode(path))) for path in paths if path]

    def copy(self) -> ModuleFiles:
        return self

    def values(self) -> list[object]:
        others = ["__main__", *imported_behind(self._shared)]
        return [*self._files, *(sys.modules[name] for name in others)]


def share_paths_of_modules(shared: dict[str, None]) -> None:
    """
    Each kernel lists the files of all modules for its debugger: a third of the pages that it copied.
    `shared` are the names of the modules that kernels share, in their order.
    """
    from ipykernel import ipkernel

    source = inspect.getsource(ipkernel)
    if source.count("sys.modules") != source.count("in sys.modules.copy().values()"):
        return

    class SystemOfKernel(ModuleType):
        modules = ModuleFiles(shared)

        def __getattr__(self, name: str) -> Any:
            return getattr(sys, name)

    ipkernel.sys = SystemOfKernel("sys")  # type: ignore[attr-defined]
