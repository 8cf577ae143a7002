"""Provides kernels by forking them, and launches as usual where that is not possible."""

from __future__ import annotations

import os
import sys
from contextvars import ContextVar
from typing import Any

from jupyter_client.provisioning import LocalProvisioner  # type: ignore[attr-defined]

from fork_client import NotForked, Template
from fork_protocol import KernelCommand

# What a kernel manager passes to Popen, and no more: anything else is not for us to interpret.
UNDERSTOOD = {"env", "cwd", "stdout", "stderr"}
# Of the kernel that is being started.
may_fork: ContextVar[bool] = ContextVar("may_fork", default=True)
NATIVE = [sys.executable, "-m", "ipykernel_launcher"]


class ForkProvisioner(LocalProvisioner):
    """Kernels of this very interpreter come from the template of the batch."""

    notes: list[str] = []
    """What people should know about the start of this kernel."""
    unlimited = False
    """Whether it sends its output without ZeroMQ's limit."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        template: Template | None = getattr(self.parent, "template", None)
        if template is None:
            return await super().launch_kernel(cmd, **kwargs)
        try:
            process = await self._fork(template, cmd, LocalProvisioner._scrub_kwargs(kwargs))
        except NotForked as reason:
            self.notes = [f"its kernel was launched and not forked, because {reason}"]
            return await super().launch_kernel(cmd, **kwargs)
        self.notes = template.notes
        self.unlimited = template.unlimited
        self.process = process
        self.pid = self.pgid = process.pid
        self.cwd = kwargs["cwd"]
        return self.connection_info

    async def _fork(self, template: Template, cmd: list[str], options: dict[str, Any]) -> Any:
        if not may_fork.get():
            raise NotForked("its run shares no imports (preload)")
        if cmd[:3] != NATIVE:
            raise NotForked("only Python kernels of the batch's own interpreter are forked")
        if options.keys() != UNDERSTOOD:
            raise NotForked(f"it is given {', '.join(sorted(options.keys() ^ UNDERSTOOD))}")
        env = {**options["env"], "JPY_PARENT_PID": str(os.getpid())}  # as jupyter_client's launcher does
        command: KernelCommand = {"argv": cmd, "cwd": options["cwd"], "env": env}
        return await template.fork(command, options["stdout"], options["stderr"])
