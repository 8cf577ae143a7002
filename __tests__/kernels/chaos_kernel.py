"""A kernel that does, step by step, what a cell's source tells it to do, right or wrong.

A cell is a JSON list of steps, each a list of a name of ACTIONS and its arguments:

    [["busy"], ["stream", "hello\\n"], ["reply", {"status": "ok"}], ["idle"]]

Nothing is sent that no step asks for. How it starts and ends is in its environment:

    CHAOS_START     die: writes to stderr and exits; mute: never answers; vague: answers with wrong types;
                    a number: seconds before it answers
    CHAOS_SHUTDOWN  ignore: takes neither a shutdown_request nor SIGTERM
    CHAOS_IDS       random: message ids that are no counters
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
import uuid
from typing import Any

import zmq
from jupyter_client.session import DELIM, Session
from zmq.utils.monitor import recv_monitor_message

START = os.environ.get("CHAOS_START", "")
SHUTDOWN = os.environ.get("CHAOS_SHUTDOWN", "")
RANDOM_IDS = os.environ.get("CHAOS_IDS") == "random"


class ChaosKernel:
    def __init__(self, connection: dict[str, Any]) -> None:
        self.session = Session(
            key=connection["key"].encode(), signature_scheme=connection["signature_scheme"]
        )
        context = zmq.Context.instance()
        between = "-" if connection["transport"] == "ipc" else ":"

        def bound(kind: int, name: str) -> Any:
            socket = context.socket(kind)
            socket.bind(f"{connection['transport']}://{connection['ip']}{between}{connection[name + '_port']}")
            return socket

        self.shell = bound(zmq.ROUTER, "shell")
        self.control = bound(zmq.ROUTER, "control")
        self.stdin = bound(zmq.ROUTER, "stdin")
        self.iopub = bound(zmq.PUB, "iopub")
        heartbeat = bound(zmq.ROUTER, "hb")
        threading.Thread(target=zmq.proxy, args=(heartbeat, heartbeat), daemon=True).start()
        self.connected = self.shell.get_monitor_socket(zmq.EVENT_ACCEPTED)
        self.asleep = False
        self.request: dict[str, Any] = {}
        self.identities: list[bytes] = []
        self.count = 0
        self.later: list[tuple[float, dict[str, Any], list[Any]]] = []

    def serve(self) -> None:
        poller = zmq.Poller()
        for socket in (self.shell, self.control, self.connected):
            poller.register(socket, zmq.POLLIN)
        while True:
            try:
                for socket, _ in poller.poll(50):
                    if socket is self.connected:
                        recv_monitor_message(socket)
                        self.asleep = False
                    elif socket is self.shell and self.asleep:
                        time.sleep(0.05)
                    else:
                        self.receive(socket)
                self.do_what_is_due()
            except KeyboardInterrupt:
                pass  # between cells

    def receive(self, socket: Any) -> None:
        self.identities, self.request = self.session.recv(socket)
        kind = self.request["header"]["msg_type"]
        if kind == "kernel_info_request":
            self.status("busy")
            self.answer(socket, "kernel_info_reply", VAGUE_INFO if START == "vague" else KERNEL_INFO)
            self.status("idle")
        elif kind == "shutdown_request" and SHUTDOWN != "ignore":
            self.answer(socket, "shutdown_reply", {"status": "ok", "restart": False})
            sys.exit(0)
        elif kind == "execute_request":
            self.count += 1
            try:
                self.do(json.loads(self.request["content"]["code"]))
            except KeyboardInterrupt:
                error = {"ename": "KeyboardInterrupt", "evalue": "", "traceback": ["KeyboardInterrupt"]}
                self.publish("error", error)
                self.reply({"status": "error", **error})
                self.status("idle")

    def do(self, steps: list[Any]) -> None:
        for name, *arguments in steps:
            ACTIONS[name](self, *arguments)

    def do_what_is_due(self) -> None:
        now = time.monotonic()
        due = [item for item in self.later if item[0] <= now]
        self.later = [item for item in self.later if item[0] > now]
        for _, request, steps in due:
            self.request = request
            self.do(steps)

    def send(self, socket: Any, kind: str, content: Any, identities: list[bytes] | None = None) -> None:
        message = self.session.msg(kind, content, parent=self.request)
        if RANDOM_IDS:
            message["header"]["msg_id"] = message["msg_id"] = uuid.uuid4().hex
        self.session.send(socket, message, ident=identities)

    def answer(self, socket: Any, kind: str, content: Any) -> None:
        self.send(socket, kind, content, self.identities)

    # What a cell may ask for.

    def status(self, state: Any) -> None:
        self.publish("status", {"execution_state": state})

    def publish(self, kind: str, content: Any) -> None:
        self.send(self.iopub, kind, content)

    def stream(self, text: str, name: str = "stdout") -> None:
        self.publish("stream", {"name": name, "text": text})

    def reply(self, content: dict[str, Any]) -> None:
        self.answer(self.shell, "execute_reply", {"execution_count": self.count, **content})

    def ask(self, prompt: str) -> None:
        self.answer(self.stdin, "input_request", {"prompt": prompt, "password": False})

    def frames(self, frames: dict[str, str]) -> None:
        """An iopub message whose parts are texts, valid JSON or not; parts that are not named are valid."""
        message = self.session.msg("stream", {"name": "stdout", "text": "?"}, parent=self.request)
        parts = [
            frames[name].encode("utf-8", "surrogateescape") if name in frames else json.dumps(message[name], default=str).encode()
            for name in ("header", "parent_header", "metadata", "content")
        ]
        self.iopub.send_multipart([b"stream", DELIM, self.session.sign(parts), *parts])

    def fail(self, size: int) -> None:
        """An error, and the reply that goes with it, of so many bytes each."""
        error = {"traceback": ["Boom", "t" * (size // 2)], "ename": "Boom", "evalue": "e" * (size // 2)}
        self.publish("error", error)
        self.reply({"status": "error", **error})

    def skip(self, count: int) -> None:
        """Numbers of messages that nobody gets."""
        self.session.message_count += count

    def after(self, seconds: float, steps: list[Any]) -> None:
        """Steps for after the cell, with its request as their parent."""
        self.later.append((time.monotonic() + seconds, self.request, steps))

    def flood(self, count: int) -> None:
        for number in range(count):
            self.publish("display_data", {"data": {"text/plain": str(number)}, "metadata": {}})

    def doze(self) -> None:
        """Notices no request any more until somebody connects, as ipykernel 7.0 to 7.3 sometimes does."""
        self.asleep = True

    def die(self, status: int, words: str) -> None:
        os.write(2, words.encode())
        os._exit(status)


def deaf(_: ChaosKernel) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def kill_parent(_: ChaosKernel) -> None:
    os.kill(os.getppid(), signal.SIGKILL)


ACTIONS: dict[str, Any] = {
    "busy": lambda kernel: kernel.status("busy"),
    "idle": lambda kernel: kernel.status("idle"),
    "sleep": lambda kernel, seconds: time.sleep(seconds),
    "deaf": deaf,
    "kill parent": kill_parent,
    **{
        action.__name__: action
        for action in (
            ChaosKernel.status,
            ChaosKernel.publish,
            ChaosKernel.stream,
            ChaosKernel.reply,
            ChaosKernel.ask,
            ChaosKernel.frames,
            ChaosKernel.fail,
            ChaosKernel.skip,
            ChaosKernel.after,
            ChaosKernel.flood,
            ChaosKernel.doze,
            ChaosKernel.die,
        )
    },
}

KERNEL_INFO = {
    "status": "ok",
    "protocol_version": "5.3",
    "implementation": "chaos",
    "implementation_version": "1",
    "language_info": {"name": "chaos", "version": "1", "mimetype": "text/plain", "file_extension": ".txt"},
    "banner": "",
}

VAGUE_INFO = {"implementation": None, "language_info": "chaos", "help_links": 7}


def main() -> None:
    if START == "die":
        sys.exit("chaos: no such library: libmissing.so")
    if START.isdigit():
        time.sleep(int(START))
    if SHUTDOWN == "ignore":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    with open(sys.argv[sys.argv.index("-f") + 1]) as file:
        kernel = ChaosKernel(json.load(file))
    if START == "mute":
        time.sleep(3600)
    kernel.serve()


if __name__ == "__main__":
    main()
