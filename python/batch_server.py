"""The Jupyter server of a batch: what differs from a server's defaults, and why."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from jupyter_client.kernelspec import KernelSpecManager
from jupyter_core.paths import jupyter_path
from jupyter_server.serverapp import ServerApp
from traitlets import Any
from traitlets.config import Config

from batch_kernels import BatchMappingKernelManager

LISTENING = "listening"
# A kernel's sockets are named <connection file>-ipc-N; a path in sun_path ends at 107 bytes (104 on macOS).
LONGEST_IPC_PATH = 100


class BatchServer(ServerApp):
    """A server that has a template for its kernels, or None, and leaves its token in no file."""

    template = Any(None)

    def write_server_info_file(self) -> None:
        """Says only that the port is ours, so that the token may be sent to it."""
        # Called before the loop runs, behind what binds the port: if that fails, the server ends before this.
        self.io_loop.add_callback((Path(self.root_dir) / LISTENING).touch, 0o600)

    def write_browser_open_files(self) -> None:
        """Pages that open a browser with the token."""


class BatchKernelSpecManager(KernelSpecManager):
    """Looks for kernels where the default does, and does not import IPython for the name of a directory."""

    def _kernel_dirs_default(self) -> list[str]:
        ipython = os.environ.get("IPYTHONDIR") or os.path.join(os.path.expanduser("~"), ".ipython")
        return [*jupyter_path("kernels"), os.path.join(ipython, "kernels")]


def server_config(port: int, runtime_dir: Path) -> Config:
    config = Config()
    config.ServerApp.ip = "127.0.0.1"
    config.ServerApp.port = port
    config.ServerApp.port_retries = 0  # the caller chose the port and waits for it
    config.ServerApp.open_browser = False
    config.ServerApp.allow_root = True  # CI containers run as root
    config.ServerApp.root_dir = str(runtime_dir)  # nothing of the user's is served over HTTP
    config.ServerApp.terminals_enabled = False
    # By default records of every debug message are made, and then not handled.
    config.Application.logging_config = {"loggers": {BatchServer.__name__: {"level": "INFO"}}}
    config.ServerApp.jpserver_extensions = {}
    config.ServerApp.kernel_manager_class = BatchMappingKernelManager
    config.ServerApp.kernel_spec_manager_class = BatchKernelSpecManager
    # An entry point of the .dist-info beside this file, which is on our path and on no kernel's.
    config.KernelProvisionerFactory.default_provisioner_name = "parallel-notebooks-fork"
    # A dead kernel is reported within a second instead of being replaced by an empty one. The switch
    # `autorestart = False` would leave nobody watching.
    config.KernelRestarter.restart_limit = 0
    config.KernelRestarter.time_to_dead = 1.0
    # The default drops output above 1 MB/s or 1,000 messages/s without failing the cell.
    config.ZMQChannelsWebsocketConnection.limit_rate = False
    try:
        from batch_connection import BatchConnection

        config.ServerApp.kernel_websocket_connection_class = BatchConnection
    except ImportError:  # an older server: slower per cell, more memory for long messages, still correct
        pass
    longest = runtime_dir / f"kernel-{'0' * 36}.json-ipc-5"
    if sys.platform != "win32" and len(os.fsencode(longest)) <= LONGEST_IPC_PATH:
        config.KernelManager.transport = "ipc"  # no TCP port that another process could take
    return config
