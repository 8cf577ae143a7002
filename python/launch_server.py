"""Starts a Jupyter server for one batch: on loopback, losing no output, gone with its parent.

    python launch_server.py --port 12345 --runtime-dir DIR

The runtime directory (mode 0700, named by JUPYTER_RUNTIME_DIR too) holds the token file, the launch
orders of the kernels (see batch_kernels.py) and the connection files. Standard input is a pipe from the
parent: its end means that the parent is gone, on every way out, and the server stops with its kernels.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import threading
from pathlib import Path

# Importing this optional format checker of jsonschema takes two thirds of a bare server's start-up time;
# nothing here validates an IRI. An ImportError is what jsonschema expects of a machine without it.
sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]

from jupyter_server.serverapp import ServerApp  # noqa: E402
from traitlets.config import Config  # noqa: E402

from batch_kernels import BatchMappingKernelManager  # noqa: E402

# A kernel's sockets are named <connection file>-ipc-N; a path in sun_path ends at 107 bytes (104 on macOS).
LONGEST_IPC_PATH = 100
SHUTDOWN_GRACE_SECONDS = 6.0


def server_config(port: int, runtime_dir: Path) -> Config:
    """What differs from a server's defaults, and why."""
    config = Config()
    config.ServerApp.ip = "127.0.0.1"
    config.ServerApp.port = port
    config.ServerApp.port_retries = 0  # the caller chose the port and waits for it
    config.ServerApp.open_browser = False
    config.ServerApp.allow_root = True  # CI containers run as root
    config.ServerApp.root_dir = str(runtime_dir)  # nothing of the user's is served over HTTP
    config.ServerApp.terminals_enabled = False
    config.ServerApp.jpserver_extensions = {}
    config.ServerApp.kernel_manager_class = BatchMappingKernelManager
    # A dead kernel is reported within a second instead of being replaced by an empty one. The switch
    # `autorestart = False` would leave nobody watching.
    config.KernelRestarter.restart_limit = 0
    config.KernelRestarter.time_to_dead = 1.0
    # The default drops output above 1 MB/s or 1,000 messages/s without failing the cell.
    config.ZMQChannelsWebsocketConnection.limit_rate = False
    try:
        from no_delay_connection import NoDelayConnection

        config.ServerApp.kernel_websocket_connection_class = NoDelayConnection
    except ImportError:  # an older server: slower per cell, still correct
        pass
    longest = runtime_dir / f"kernel-{'0' * 36}.json-ipc-5"
    if sys.platform != "win32" and len(os.fsencode(longest)) <= LONGEST_IPC_PATH:
        config.KernelManager.transport = "ipc"  # no TCP port that another process could take
    return config


def stop_with_parent() -> None:
    """Blocks until the parent closes our standard input, then stops the server, by force if need be."""
    while os.read(0, 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    threading.Timer(SHUTDOWN_GRACE_SECONDS, lambda: os._exit(1)).start()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--runtime-dir", type=Path, required=True)
    arguments = parser.parse_args()
    threading.Thread(target=stop_with_parent, daemon=True).start()
    ServerApp.launch_instance(argv=[], config=server_config(arguments.port, arguments.runtime_dir))


if __name__ == "__main__":
    main()
