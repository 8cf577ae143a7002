import type { KernelMessage } from '@jupyterlab/services';
import type { KernelMessage as Message } from '../notebook/types.ts';

/**
 * What the library is told of a message: enough to know that the kernel answers, nothing that it could refuse
 * (it throws on a message that is not as it expects) or act upon (it reconnects when a kernel restarts).
 */
export function forLibrary(message: Message | undefined): KernelMessage.IMessage {
  const state = message?.content['execution_state'];
  const kept =
    message !== undefined &&
    (message.type === 'kernel_info_reply' ||
      (message.type === 'status' && (state === 'busy' || state === 'idle')));
  return {
    channel: kept ? message.channel : 'iopub',
    header: {
      msg_id: message?.id ?? '',
      msg_type: kept ? message.type : 'read_elsewhere',
      session: 'kernel',
      username: '',
      version: '5.3',
      date: message?.date ?? '',
    },
    parent_header: { msg_id: message?.parentId ?? '' },
    metadata: {},
    content: kept ? message.content : {},
    buffers: [],
  } as unknown as KernelMessage.IMessage;
}
