"""Starts the template, before anything else of the server: what takes longest begins first."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import TypedDict

TEMPLATE = Path(__file__).with_name("fork_template.py")

Started = socket.socket | str
"""The control socket of a template, or why there can be none."""


class TemplateSettings(TypedDict):
    """What the caller of the server decides, in `<runtime dir>/template.json`."""

    env: dict[str, str]
    """The environment of a kernel whose run adds nothing."""
    cwd: str
    imports: list[str]


def start_template(runtime_dir: Path) -> Started | None:
    """What kernels are forked from, if the caller wants that; it imports while the server does."""
    file = runtime_dir / "template.json"
    if not file.exists():
        return None
    settings: TemplateSettings = json.loads(file.read_text())
    file.unlink()  # it holds the kernels' environment
    if sys.platform != "linux" or sys.implementation.name != "cpython":
        return f"kernels are forked on Linux only, and this is {sys.platform}"
    control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    control.setblocking(False)
    told = {"control": theirs.fileno(), "imports": settings["imports"], "skipped": {}, "repeated": []}
    log = runtime_dir / "template.log"
    log.touch(0o600)  # the umask is the kernels' too, and must stay as it is
    with theirs, log.open("ab") as output:
        subprocess.Popen(
            [sys.executable, str(TEMPLATE), json.dumps(told)],
            # Read by ipykernel when it is imported.
            env={**settings["env"], "JPY_PARENT_PID": str(os.getpid())},
            cwd=settings["cwd"],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            pass_fds=[theirs.fileno()],
        )
    return control
