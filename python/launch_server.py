"""Starts a Jupyter server for one batch: on loopback, losing no output, gone with its parent.

    python launch_server.py --port 12345 --runtime-dir DIR

The runtime directory (mode 0700, named by JUPYTER_RUNTIME_DIR too) holds the token file, the launch
orders of the kernels (see batch_kernels.py) and the connection files. With a `template.json` in it (see
fork_client.py) kernels are forked. Standard input is a pipe from the parent: its end means that the parent is
gone, on every way out, and the server stops with its kernels. Then it removes the runtime directory itself.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import sys
import threading
from pathlib import Path

from fork_client import Template

SHUTDOWN_GRACE_SECONDS = 6.0


def stop_with_parent(runtime_dir: Path, orphaned: threading.Event) -> None:
    """Blocks until the parent closes our standard input, then stops the server, by force if need be."""
    while os.read(0, 1024):
        pass
    orphaned.set()
    os.kill(os.getpid(), signal.SIGTERM)

    def end_by_force() -> None:
        shutil.rmtree(runtime_dir, ignore_errors=True)
        os._exit(1)

    threading.Timer(SHUTDOWN_GRACE_SECONDS, end_by_force).start()  # a daemon, as this thread is


def start_template(runtime_dir: Path) -> Template | None:
    """The process that kernels are forked from, if the caller wants that."""
    file = runtime_dir / "template.json"
    if not file.exists():
        return None
    settings = json.loads(file.read_text())
    file.unlink()  # it holds the kernels' environment
    return Template(settings, log=runtime_dir / "template.log")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--runtime-dir", type=Path, required=True)
    arguments = parser.parse_args()
    runtime_dir: Path = arguments.runtime_dir
    orphaned = threading.Event()
    threading.Thread(target=stop_with_parent, args=(runtime_dir, orphaned), daemon=True).start()
    template = start_template(runtime_dir)  # it imports what it needs beside us

    # Importing this optional format checker of jsonschema takes two thirds of a bare server's start-up time;
    # nothing here validates an IRI. An ImportError is what jsonschema expects of a machine without it.
    sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]
    from batch_server import BatchServer, server_config

    config = server_config(arguments.port, runtime_dir)
    try:
        BatchServer.launch_instance(argv=[], config=config, template=template)
    finally:
        if orphaned.is_set():
            shutil.rmtree(runtime_dir, ignore_errors=True)


if __name__ == "__main__":
    main()
