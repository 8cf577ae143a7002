"""What the server and the template say to each other: see fork_client.py and fork_template.py.

A request is the word FORK with four descriptors: the command as JSON, the kernel's standard output and
standard error, and a pipe that holds the kernel back until the server has taken it over. Every packet from
the template is one JSON object: {"ready": true, "skipped": {import: why}} or {"unfit": why} at first, then
for each request {"pid": 123}, {"refused": why} or {"failed": why}.
"""

from __future__ import annotations

import json
import os
from typing import Any, TypedDict

FORK = b"fork"
GO = b"go"
LONGEST_PACKET = 65_536
# What ipykernel is told beside its connection file; as nbclient: parallel kernels lock a shared SQLite file.
IPYKERNEL_ARGUMENTS = ["--HistoryManager.hist_file=:memory:"]


class KernelCommand(TypedDict):
    """A kernel as subprocess.Popen would be told to start it."""

    argv: list[str]
    """[interpreter, "-m", "ipykernel_launcher", …]"""
    cwd: str
    env: dict[str, str]
    """The whole environment."""


def as_file(command: KernelCommand) -> int:
    """A descriptor of an anonymous file with the command; an environment may be longer than a packet."""
    file = os.memfd_create("kernel-command")
    with os.fdopen(os.dup(file), "wb") as writer:
        writer.write(json.dumps(command).encode())
    return file


def from_file(file: int) -> KernelCommand:
    with os.fdopen(os.dup(file), "rb") as reader:
        reader.seek(0)
        command: KernelCommand = json.loads(reader.read())
    return command


def packet(message: dict[str, Any]) -> bytes:
    return json.dumps(message).encode()[:LONGEST_PACKET]
