"""Kernels of a batch: each with its own directory, environment and log, none of which REST can say.

The client writes a launch order, JSON in `<runtime dir>/launch/<id>.json`:

    {"cwd": "/abs", "env": {"NAME": "value"}, "log": "/abs/kernel.log", "memory": null, "fork": true}

and asks `POST /api/kernels {"name": …, "path": "<id>"}`. The environment is the whole one; memory is a
limit in bytes, on Linux; fork is false for a kernel that shall share nothing with others. Facts about the
process come back in `<id>.process.json`: {"pid": 123, "notes": [], "unlimited": true} once it runs, and
its "returncode" once it has ended. The notes tell people what about its start was not as usual; an unlimited
kernel sends all of its output, as it was told to when it started.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from pathlib import Path
from typing import Any

import zmq
from jupyter_server._tz import utcnow
from jupyter_server.services.kernels.kernelmanager import (
    AsyncMappingKernelManager,
    ServerKernelManager,
)
from tornado.web import HTTPError
from traitlets import default

from fork_protocol import IPYKERNEL_ARGUMENTS
from fork_provisioner import may_fork


def is_ipykernel(argv: list[str]) -> bool:
    """Whether a kernelspec's command starts ipykernel, which alone understands its arguments."""
    return any("ipykernel" in argument for argument in argv)


def limit_memory(pid: int | None, limit: int | None) -> None:
    """What a kernel, and each process it starts, may take for its data; files and shared pages do not count.

    Beyond it an allocation fails, which Python tells as a MemoryError of the cell: better than a kernel that
    the system kills, and whatever else it kills with it.
    """
    if pid is None or limit is None or sys.platform != "linux":
        return
    import resource

    resource.prlimit(pid, resource.RLIMIT_DATA, (limit, limit))


async def end_of(process: Any) -> None:
    """Returns once a child process has ended; at once where the system cannot tell of it."""
    try:
        if process.poll() is not None:  # its number may belong to another by now
            return
        descriptor = os.pidfd_open(process.pid)
    except (AttributeError, OSError):
        return
    loop = asyncio.get_running_loop()
    ended = asyncio.Event()
    loop.add_reader(descriptor, ended.set)
    try:
        await ended.wait()
    finally:
        loop.remove_reader(descriptor)
        os.close(descriptor)


class BatchKernelManager(ServerKernelManager):
    """One kernel: no limit on unread output, and its process's facts on disk."""

    facts_path: Path | None = None

    def connect_iopub(self, *args: Any, **kwargs: Any) -> Any:
        """ZeroMQ drops what a reader has not taken after 1,000 messages; 0 lifts that limit."""
        stream = super().connect_iopub(*args, **kwargs)
        getattr(stream, "socket", stream).setsockopt(zmq.RCVHWM, 0)
        return stream

    @property
    def template(self) -> Any:
        """What the kernel may be forked from, or None; see fork_provisioner.py."""
        return getattr(getattr(self.parent, "parent", None), "template", None)

    def tell(self, **facts: bool | int | list[str] | None) -> None:
        """Writes the facts so that a reader sees all of them or none."""
        if self.facts_path is not None:
            temporary = self.facts_path.with_suffix(".tmp")
            with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
                json.dump(facts, file)
            temporary.replace(self.facts_path)

    def emit(self, schema_id: Any, data: Any) -> None:
        """Nobody listens; the logger that each kernel gets for its events validates their schema first."""

    async def _async_wait(self, pollinterval: float = 0.1) -> None:
        """The default looks every 0.1 s whether the process is there; the end of a batch waits for that."""
        process = getattr(self.provisioner, "process", None)
        if process is not None:
            await end_of(process)
        await super()._async_wait(pollinterval)

    async def is_alive(self) -> bool:  # type: ignore[override]
        """The restarter asks this every second: the moment to learn how a process ended."""
        process = getattr(self.provisioner, "process", None)
        alive = bool(await super().is_alive())
        if not alive and process is not None:
            self.tell(pid=process.pid, returncode=process.returncode)
        return alive


class BatchMappingKernelManager(AsyncMappingKernelManager):
    """Starts kernels as their launch order says."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)  # type: ignore[no-untyped-call]
        # We connect to a kernel's sockets some milliseconds before they are there. By default ZeroMQ tries
        # again after 100 ms; by then the first answer has been missed, and the server asks again after 500.
        self.context.setsockopt(zmq.RECONNECT_IVL, 10)
        self.context.setsockopt(zmq.RECONNECT_IVL_MAX, 0)

    @default("kernel_manager_class")
    def _kernel_manager_class_of_a_batch(self) -> str:
        return f"{BatchKernelManager.__module__}.{BatchKernelManager.__name__}"

    def start_watching_activity(self, kernel_id: str) -> None:
        """Nobody asks how active a kernel is: the parent reads every message of it once more for that."""
        kernel: Any = self._kernels[kernel_id]
        kernel.reason = ""
        kernel.last_activity = utcnow()
        kernel.execution_state = "idle"

    def cwd_for_path(self, path: str, **kwargs: Any) -> str:
        """The order says where; the default walks up to the first directory that exists."""
        return str(self._order(path)["cwd"])

    def _order_path(self, path: str) -> Path:
        return Path(self.root_dir) / "launch" / f"{Path(path).name}.json"

    def _order(self, path: str) -> dict[str, Any]:
        order: dict[str, Any] = json.loads(self._order_path(path).read_text())
        return order

    async def start_kernel(self, *, path: str | None = None, **kwargs: Any) -> str:  # type: ignore[override]
        """Launches the kernel; a failure answers with its cause instead of "Unhandled error"."""
        if path is None:
            raise HTTPError(400, "a launch order is needed")
        order = self._order(path)
        self._order_path(path).unlink()  # it holds the kernel's environment
        log = os.open(order["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        may_fork.set(order["fork"])
        try:
            if is_ipykernel(self._argv(kwargs.get("kernel_name"))):
                kwargs["extra_arguments"] = IPYKERNEL_ARGUMENTS
            kernel_id: str = await self._launch(order, log, kwargs)
        except HTTPError:
            raise
        except Exception as error:
            raise HTTPError(500, f"{type(error).__name__}: {error}") from error
        finally:
            os.close(log)
        manager = self.get_kernel(kernel_id)
        limit_memory(getattr(manager.provisioner, "pid", None), order["memory"])
        if isinstance(manager, BatchKernelManager):
            manager.facts_path = self._order_path(path).with_suffix(".process.json")
            manager.tell(
                pid=getattr(manager.provisioner, "pid", None),
                notes=getattr(manager.provisioner, "notes", []),
                unlimited=getattr(manager.provisioner, "unlimited", False),
            )
        return kernel_id

    def _argv(self, kernel_name: str | None) -> list[str]:
        specs = self.kernel_spec_manager
        if specs is None:
            return []
        argv: list[str] = specs.get_kernel_spec(kernel_name or self.default_kernel_name).argv
        return argv

    async def _launch(self, order: dict[str, Any], log: int, kwargs: dict[str, Any]) -> str:
        # The parent's own start_kernel, with the directory given instead of derived from a path.
        kernel_id: str = await super().start_kernel(
            path=None, cwd=order["cwd"], env=order["env"], stdout=log, stderr=log, **kwargs
        )
        return kernel_id
