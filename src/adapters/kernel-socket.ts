import type { ServerConnection } from '@jupyterlab/services';
import { WebSocket } from 'ws';

/**
 * The websocket class for one server. Payloads are not limited: the default of 100 MiB would close the
 * connection on a long output and lose the messages behind it. The token travels as a header, for a URL may be
 * logged.
 */
export function kernelSocketClass(token: string): ServerConnection.ISettings['WebSocket'] {
  class KernelSocket extends WebSocket {
    constructor(url: string, protocols?: string | string[]) {
      super(url, protocols, {
        maxPayload: 0,
        perMessageDeflate: false,
        headers: { authorization: `token ${token}` },
      });
    }
  }
  return KernelSocket as unknown as ServerConnection.ISettings['WebSocket'];
}

/** A connection to a kernel beside the one that is listened to; nothing that comes over it is read. */
export function connectionTo(settings: ServerConnection.ISettings, kernelId: string): Disposable {
  // Without a session id of ours: the kernel's ROUTER would not take a second connection of the same name.
  const url = `${settings.wsUrl}api/kernels/${encodeURIComponent(kernelId)}/channels`;
  const socket = new settings.WebSocket(url) as unknown as WebSocket;
  socket.on('error', () => undefined);
  return { [Symbol.dispose]: () => socket.close() };
}
