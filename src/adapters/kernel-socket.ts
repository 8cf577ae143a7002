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
