"""The real server behind a TCP proxy on its port, so that its connections can be cut for real.

Stands as launch_server.py beside the real one, which is renamed to real_launch_server.py. Orders are files beside it:

    cut     closes all connections, and refuses new ones for as many seconds as the file says
    close   tells every websocket 1001, going away, and is silent from then on
"""

from __future__ import annotations

import socket
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

HERE = Path(__file__).parent
GOING_AWAY = b"\x88\x02\x03\xe9"


class Proxy:
    def __init__(self, port: int, behind: int) -> None:
        self.behind = behind
        self.pairs: list[tuple[socket.socket, socket.socket]] = []
        self.refuse_until = 0.0
        self.silent = False
        self.listener = socket.create_server(("127.0.0.1", port))
        for work in (self.accept, self.obey):
            threading.Thread(target=work, daemon=True).start()

    def accept(self) -> None:
        while True:
            client, _ = self.listener.accept()
            if self.silent or time.monotonic() < self.refuse_until:
                client.close()
                continue
            try:
                server = socket.create_connection(("127.0.0.1", self.behind))
            except OSError:
                client.close()
                continue
            self.pairs.append((client, server))
            threading.Thread(target=self.pump, args=(client, server, False), daemon=True).start()
            threading.Thread(target=self.pump, args=(server, client, True), daemon=True).start()

    def pump(self, source: socket.socket, target: socket.socket, to_client: bool) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                if not (self.silent and to_client):
                    target.sendall(data)
        self.end((source, target))

    def obey(self) -> None:
        while True:
            time.sleep(0.005)
            for name, action in (("cut", self.cut), ("close", self.close)):
                order = HERE / name
                if order.exists():
                    text = order.read_text()
                    order.unlink()
                    action(float(text or 0))

    def cut(self, seconds: float) -> None:
        self.refuse_until = time.monotonic() + seconds
        pairs, self.pairs = self.pairs, []
        for pair in pairs:
            self.end(pair)

    def close(self, _: float) -> None:
        self.silent = True
        for client, _ in self.pairs:
            with suppress(OSError):
                client.sendall(GOING_AWAY)

    def end(self, pair: tuple[socket.socket, socket.socket]) -> None:
        for end in pair:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()


def main() -> None:
    at = sys.argv.index("--port") + 1
    with socket.create_server(("127.0.0.1", 0)) as probe:
        behind = probe.getsockname()[1]
    Proxy(int(sys.argv[at]), behind)
    sys.argv[at] = str(behind)
    from real_launch_server import main as real_main

    real_main()


if __name__ == "__main__":
    main()
