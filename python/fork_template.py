"""The template: a process that has imported what kernels import, and is forked for each of them.

    python fork_template.py '{"control": 5, "imports": ["pandas"], "skipped": {}, "repeated": []}'

`control` is the descriptor of a socket to the server (see fork_protocol.py); its end is the template's. An
import that is unfit to be shared cannot be undone: the template then executes itself anew without it.

A kernel's parent is the server, as if it had been launched: it is forked twice, the process between the two
forks ends at once, and the server adopts orphans for that moment.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import socket
import sys
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, NoReturn, TypedDict

# The folder of this file is no place to find modules in, neither for us nor for a kernel: what of it is
# needed is imported here, and forgotten in a kernel.
from fork_child import (
    Launcher,
    become_interpreter,
    become_process,
    close_inherited,
    find_launcher,
    modules_in,
)
from fork_conditions import TemplateState, reason_to_launch
from fork_environment import NamesRead
from fork_exit import end_interpreter
from fork_memory import arrange
from fork_preload import PRINTS, UnfitImport, fork, import_for_kernels, import_for_notebooks, threads
from fork_protocol import FORK, GO, LONGEST_PACKET, KernelCommand, from_file, packet
from fork_rehearsal import lift_limit_of_output, rehearse, share_paths_of_modules

# The server's end is noticed only between imports and requests: one that hangs must not outlive it for ever.
IMPORT_DEADLINE_SECONDS = 120


class Settings(TypedDict):
    control: int
    imports: list[str]
    skipped: dict[str, str]
    """Import → why it is no longer among the imports."""
    repeated: list[str]
    """Imports that have had a second chance: what the first one prints may be about a cache that it makes."""


def main() -> tuple[Launcher, dict[str, None]]:
    """Returns only in a kernel, which is to run the launcher; with the names of what it shares, in order."""
    settings: Settings = json.loads(sys.argv[1])
    control = socket.socket(fileno=settings["control"])
    own = os.path.dirname(os.path.abspath(__file__))
    sys.path[:] = [entry for entry in sys.path if os.path.abspath(entry) != own]
    launcher = find_launcher()
    gc.disable()  # imports leave little behind, and much to look at
    state = import_everything(settings, control, launcher)
    not_imported = modules_in(own)
    sys.path_importer_cache.pop(own, None)
    unlimited = lift_limit_of_output()
    gc.collect()
    arrange()
    shared = dict.fromkeys(name for name in sys.modules if name not in {"__main__", *not_imported})
    with suppress(Exception):
        share_paths_of_modules(shared)
    gc.freeze()  # a collection in a kernel would copy every page that it shares with the template
    gc.enable()
    tell(control, {"ready": True, "skipped": settings["skipped"], "unlimited": unlimited})
    command = serve(control, state)
    become_interpreter(command, launcher, forgetting=not_imported)
    return launcher, shared


def import_everything(settings: Settings, control: socket.socket, launcher: Launcher) -> TemplateState:
    env = dict(os.environ)
    read = NamesRead()
    sys.argv[:] = [launcher.path]
    sys.modules["__main__"] = launcher.module
    signal.alarm(IMPORT_DEADLINE_SECONDS)
    try:
        first = import_for_kernels(read)
    except UnfitImport as error:
        tell(control, {"unfit": str(error)})
        os._exit(1)
    rehearse()
    unfit = import_for_notebooks(settings["imports"], read)
    if unfit:
        start_anew(settings, control, unfit, env)
    signal.alarm(0)
    modules = {name.partition(".")[0] for name in sys.modules}
    return TemplateState(
        env=env,
        added={name: value for name, value in os.environ.items() if name not in env},
        cwd=os.getcwd(),
        read=read,
        # What a launched kernel imports before its directory is in sys.path cannot be shadowed there either.
        modules=frozenset(modules - first | {"ipykernel_launcher"}),
    )


def start_anew(
    settings: Settings, control: socket.socket, unfit: list[UnfitImport], env: dict[str, str]
) -> NoReturn:
    """Without the unfit imports, or with them once more."""
    for error in unfit:
        if error.reason == PRINTS and error.name not in settings["repeated"]:
            settings["repeated"].append(error.name)
        else:
            settings["imports"].remove(error.name)
            settings["skipped"][error.name] = error.reason
    control.set_inheritable(True)
    os.execve(sys.executable, [sys.executable, os.path.abspath(__file__), json.dumps(settings)], env)


def serve(control: socket.socket, state: TemplateState) -> KernelCommand:
    """Answers requests until the server is gone. Returns only in a kernel."""
    while True:
        word, files, _, _ = socket.recv_fds(control, LONGEST_PACKET, 4)
        if word != FORK:
            os._exit(0)  # the imported modules' exit functions are for the kernels to run
        request = Request(*files)
        command = from_file(request.command)
        reason = reason_to_launch(command, state)
        if reason is None and threads() > 1:
            reason = "the template has started a thread"
        if reason is not None:
            tell(control, {"refused": reason})
        else:
            command["env"] = {**state.added, **command["env"]}
            report, reporter = os.pipe()
            if fork_twice():
                control.detach()
                become_kernel(command, request, reporter)
                return command
            os.close(reporter)
            with os.fdopen(report, "rb") as lines:
                tell(control, json.loads(lines.read() or b'{"failed": "it could not be forked"}'))
        for file in files:
            os.close(file)


@dataclass(frozen=True)
class Request:
    """The descriptors of a request, in their order."""

    command: int
    stdout: int
    stderr: int
    go: int


def fork_twice() -> bool:
    """Whether this is the new process. In the template, returns once the process between them has ended."""
    try:
        between = fork()
        if between > 0:
            os.waitpid(between, 0)
            return False
    except OSError:
        return False  # too many processes: nobody will report
    try:
        if fork() == 0:
            return True
    except OSError:
        pass
    os._exit(0)


def become_kernel(command: KernelCommand, request: Request, reporter: int) -> None:
    """Ends the process when that fails, or when the server gave up waiting for it."""
    try:
        become_process(command, request.stdout, request.stderr)
    except OSError as error:
        os.write(reporter, packet({"failed": f"{type(error).__name__}: {error}"}))
        os._exit(1)
    os.write(reporter, packet({"pid": os.getpid()}))
    os.close(reporter)
    if os.read(request.go, len(GO)) != GO:
        os._exit(1)
    close_inherited()


def tell(control: socket.socket, message: dict[str, Any]) -> None:
    """A server that is gone needs no answer; the next request is its end."""
    try:
        control.send(packet(message))
    except OSError:
        os._exit(0)


if __name__ == "__main__":
    launcher, shared = main()
    exec(launcher.code, vars(launcher.module))  # what `python -m ipykernel_launcher` does
    end_interpreter(shared)
