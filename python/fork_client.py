"""The template as the server sees it: asked for kernels, gone with the server."""

from __future__ import annotations

import asyncio
import ctypes
import json
import os
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from fork_protocol import FORK, GO, LONGEST_PACKET, KernelCommand, as_file
from template_process import Started

# Importing takes a second or two; a kernel that does not wait would import the same, at the same time.
READY_SECONDS = 30.0
# A fork takes milliseconds, and a loaded machine makes seconds of them.
ANSWER_SECONDS = 10.0
PR_SET_CHILD_SUBREAPER = 36


class NotForked(Exception):
    """A kernel that has to be launched as usual; the text says why, after "because"."""


class Template:
    """One process; kernels are forked from it one after another."""

    def __init__(self, started: Started) -> None:
        self.notes: list[str] = []
        """What people should know about its imports."""
        self.unlimited = False
        """Whether its kernels send their output without ZeroMQ's limit."""
        self._failure: str | None = started if isinstance(started, str) else None
        self._ready: asyncio.Task[None] | None = None
        self._one_at_a_time = asyncio.Lock()
        if isinstance(started, socket.socket):
            self._control = started

    async def fork(self, command: KernelCommand, stdout: int, stderr: int) -> ForkedProcess:
        """A process that is about to be a kernel, and a child of this one. Raises NotForked."""
        await self._until_ready()
        async with self._one_at_a_time:
            if self._failure is not None:
                raise NotForked(self._failure)
            try:
                return await self._ask(command, stdout, stderr)
            except NotForked:
                raise
            except Exception as error:  # whatever it is, a kernel can be launched
                ended = isinstance(error, EOFError | ConnectionError)
                what = "has ended" if ended else f"failed: {type(error).__name__}: {error}"
                self._give_up(f"the template {what}")
                raise NotForked(self._failure) from error

    async def _until_ready(self) -> None:
        if self._failure is not None:
            raise NotForked(self._failure)
        self._ready = self._ready or asyncio.create_task(self._hear_ready())
        try:
            await asyncio.wait_for(asyncio.shield(self._ready), READY_SECONDS)
        except asyncio.TimeoutError:
            raise NotForked(f"the template was not ready within {READY_SECONDS:.0f} s") from None

    async def _hear_ready(self) -> None:
        try:
            greeting = await self._receive()
        except Exception:
            greeting = {"unfit": "it ended while it was importing"}
        self.unlimited = bool(greeting.get("unlimited"))
        if "ready" not in greeting:
            self._give_up(f"the template is no use: {greeting.get('unfit')}")
        for name, reason in greeting.get("skipped", {}).items():
            self.notes.append(f"{name} is not shared by the kernels, because importing it {reason}")

    async def _ask(self, command: KernelCommand, stdout: int, stderr: int) -> ForkedProcess:
        file = as_file(command)
        waits, go = os.pipe()
        try:
            with adopting_orphans():
                socket.send_fds(self._control, [FORK], [file, stdout, stderr, waits])
                answer = await asyncio.wait_for(self._receive(), ANSWER_SECONDS)
            if "pid" not in answer:
                raise NotForked(answer.get("refused") or f"forking failed: {answer.get('failed')}")
            process = ForkedProcess(answer["pid"])
            os.write(go, GO)
            return process
        finally:
            for descriptor in (file, waits, go):
                os.close(descriptor)  # a fork that nobody took over ends when `go` is closed

    async def _receive(self) -> dict[str, Any]:
        received = await asyncio.get_running_loop().sock_recv(self._control, LONGEST_PACKET)
        if not received:
            raise EOFError
        message: dict[str, Any] = json.loads(received)
        return message

    def _give_up(self, reason: str) -> None:
        self._failure = reason
        self._control.close()  # which ends the template


@contextmanager
def adopting_orphans() -> Iterator[None]:
    """For a moment, this process becomes the parent of its descendants' orphans: of a kernel being forked."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0:
        raise NotForked(f"this system does not let it be: {os.strerror(ctypes.get_errno())}")
    try:
        yield
    finally:
        libc.prctl(PR_SET_CHILD_SUBREAPER, 0, 0, 0, 0)


class ForkedProcess:
    """A child that subprocess did not start, with what LocalProvisioner uses of a Popen."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int) -> None:
        """Raises ChildProcessError if the process is nobody's child here."""
        self.pid = pid
        self.returncode: int | None = None
        self.poll()

    def poll(self) -> int | None:
        return self._wait(os.WNOHANG)

    def wait(self) -> int | None:
        return self._wait(0)

    def send_signal(self, number: int) -> None:
        if self.poll() is None:  # afterwards the number may belong to another process
            os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def _wait(self, options: int) -> int | None:
        if self.returncode is None:
            pid, status = os.waitpid(self.pid, options)
            if pid == self.pid:
                self.returncode = os.waitstatus_to_exitcode(status)
        return self.returncode
