"""A kernel's websocket: without delay and questions of the server's own, and with long messages in parts."""

from __future__ import annotations

import asyncio
import struct
from typing import Any

from jupyter_server.services.kernels.connection.base import serialize_msg_to_ws_v1
from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection

from fork_client import ForkedProcess

V1_PROTOCOL = "v1.kernel.websocket.jupyter.org"
# A client that gets a message whole needs twice its length to receive it: what is longer is sent in parts.
LONGEST_BYTES = 16 * 1024 * 1024
PART_BYTES = 4 * 1024 * 1024
# Where a message has them: signature, header, parent header, metadata, content, buffers.
CONTENT = 4


class BatchConnection(ZMQChannelsWebsocketConnection):
    """Sets TCP_NODELAY, which jupyter_server leaves to the system: a cell takes 10 ms, not 48."""

    def connect(self) -> Any:
        self.websocket_handler.set_nodelay(True)
        return super().connect()

    @property
    def _asks_itself(self) -> bool:
        """
        Whether our client's own question tells it all that the server's three would: that the kernel answers,
        in this version of the protocol, and that its output is heard. To ask them takes longer than a cell.
        """
        return isinstance(getattr(self.kernel_manager.provisioner, "process", None), ForkedProcess)

    async def prepare(self) -> None:
        if not self._asks_itself:
            await super().prepare()  # type: ignore[no-untyped-call]
            return
        await self._register_session()  # type: ignore[no-untyped-call]
        self.session.key = self.kernel_manager.session.key

    def nudge(self) -> asyncio.Future[None]:
        if not self._asks_itself:
            return super().nudge()
        connected: asyncio.Future[None] = asyncio.Future()
        connected.set_result(None)
        return connected

    def handle_outgoing_message(self, stream: Any, outgoing_msg: list[Any]) -> None:
        if self.subprotocol == V1_PROTOCOL and max(map(len, outgoing_msg)) > LONGEST_BYTES:
            _, frames = self.session.feed_identities(outgoing_msg)
            if len(frames) > CONTENT and len(frames[CONTENT]) > LONGEST_BYTES:
                self._send_in_parts(self.channels[stream] if isinstance(stream, str) else stream, frames)
                return
        super().handle_outgoing_message(stream, outgoing_msg)

    def _send_in_parts(self, stream: Any, frames: list[Any]) -> None:
        """What our client puts together again, see src/adapters/kernel-wire.ts."""
        if stream.closed():
            self.disconnect()  # type: ignore[no-untyped-call]
            return
        content = memoryview(frames[CONTENT])
        for at in range(0, len(content), PART_BYTES):
            part = content[at : at + PART_BYTES]
            is_last = at + len(part) == len(content)
            buffers = frames[CONTENT + 1 :] if is_last else []
            place = struct.pack("<QQ", at, len(content))
            message = [*frames[1:CONTENT], part, *buffers, place]
            data = serialize_msg_to_ws_v1(message, f"{stream.channel}/part")  # type: ignore[no-untyped-call]
            self.write_message(data, binary=True)
