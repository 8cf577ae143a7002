"""Nobody's executor: what the kernel itself takes for each cell, the least that any client could reach.

python bare_client.py RUNS.json

Sends a request, waits for its reply and for the kernel to be idle, and sends the next. Of what comes it reads only what says
so; no output is kept.
"""

import json
import os
import sys
import tempfile
from pathlib import Path

import nbformat
import zmq
from jupyter_client.manager import KernelManager

from parameterise import parameterised


def execute(run: dict) -> None:
    notebook = parameterised(run)
    manager = KernelManager(transport="ipc", ip=os.path.join(tempfile.mkdtemp(), "k"))
    manager.start_kernel()
    client = manager.client()
    client.start_channels()
    client.wait_for_ready()
    session, poller = client.session, zmq.Poller()
    shell, iopub = client.shell_channel.socket, client.iopub_channel.socket
    for socket in (shell, iopub):
        poller.register(socket, zmq.POLLIN)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            content = {"code": cell.source, "silent": False, "store_history": True, "user_expressions": {}}
            request = session.send(shell, "execute_request", content)
            cell.execution_count = wait_for(session, poller, request)["execution_count"]
    manager.shutdown_kernel()
    Path(run["output"]).parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, run["output"])


def wait_for(session, poller, request: dict) -> dict:  # noqa: ANN001
    """The content of the reply, once the kernel is idle again."""
    reply, is_idle = None, False
    while reply is None or not is_idle:
        for socket, _ in poller.poll():
            _, frames = session.feed_identities(socket.recv_multipart())
            # Signature, header, parent header, metadata, content: most need not be read.
            if b'"msg_type": "stream"' in frames[1] or request["msg_id"].encode() not in frames[2]:
                continue
            header, content = session.unpack(frames[1]), session.unpack(frames[4])
            if header["msg_type"].endswith("_reply"):
                reply = content
            is_idle = is_idle or content.get("execution_state") == "idle"
    return reply


if __name__ == "__main__":
    for one in json.loads(Path(sys.argv[1]).read_text()):
        execute(one)
