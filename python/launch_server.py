"""Starts a Jupyter server for one batch: on loopback, losing no output, gone with its parent.

    python launch_server.py --port 12345 --runtime-dir DIR

The runtime directory (mode 0700, named by JUPYTER_RUNTIME_DIR too) holds the token file, the launch
orders of the kernels (see batch_kernels.py) and the connection files. With a `template.json` in it (see
template_process.py) kernels are forked. Standard input is a pipe from the parent: its end means that the
parent is gone, on every way out, and the server stops with its kernels. Then it removes the runtime directory
itself.
"""

from __future__ import annotations

import argparse
import gc
import os
import shutil
import signal
import sys
import threading
from pathlib import Path

from template_process import start_template

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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--runtime-dir", type=Path, required=True)
    arguments = parser.parse_args()
    runtime_dir: Path = arguments.runtime_dir
    orphaned = threading.Event()
    threading.Thread(target=stop_with_parent, args=(runtime_dir, orphaned), daemon=True).start()
    started = start_template(runtime_dir)  # it imports what it needs beside us

    # Importing the first of these optional format checkers of jsonschema takes two thirds of a bare server's
    # start-up time; nothing here validates an IRI. jsonschema expects an ImportError where they are missing.
    sys.modules.update(dict.fromkeys(["rfc3987_syntax", "isoduration"]))  # type: ignore[arg-type]
    gc.disable()  # imports leave little behind, and much to look at
    from batch_server import BatchServer, server_config
    from fork_client import Template

    gc.freeze()
    gc.enable()
    template = None if started is None else Template(started)
    config = server_config(arguments.port, runtime_dir)
    try:
        BatchServer.launch_instance(argv=[], config=config, template=template)
    finally:
        if orphaned.is_set():
            shutil.rmtree(runtime_dir, ignore_errors=True)


if __name__ == "__main__":
    main()
