import { isJsonObject } from './json-shape.ts';
import type { Cell, KernelMessage } from './types.ts';

/**
 * Notes in `metadata.execution` when the kernel sent a message, with the keys and the form that nbclient and
 * JupyterLab use. Messages that are not timed, and those without a date, are ignored.
 */
export function noteTiming(cell: Cell, message: KernelMessage): void {
  const key = timingKey(message);
  const time = key === undefined ? undefined : utcMicroseconds(message.date);
  if (key === undefined || time === undefined) return;
  const { execution } = cell.metadata;
  cell.metadata['execution'] = { ...(isJsonObject(execution) ? execution : {}), [key]: time };
}

/** Forgets the times of an earlier execution; what else is in `metadata.execution`, for instance a timeout, stays. */
export function resetTiming(cell: Cell): void {
  const { execution } = cell.metadata;
  const kept = isJsonObject(execution) ? Object.entries(execution) : [];
  cell.metadata['execution'] = Object.fromEntries(kept.filter(([key]) => !/^(?:iopub|shell)\./.test(key)));
}

function timingKey({ channel, type, content }: KernelMessage): string | undefined {
  if (channel === 'shell') return type === 'execute_reply' ? 'shell.execute_reply' : undefined;
  if (type === 'execute_input') return 'iopub.execute_input';
  const state = type === 'status' ? content['execution_state'] : undefined;
  return state === 'busy' || state === 'idle' ? `iopub.status.${state}` : undefined;
}

const ISO_DATE = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:[.,](\d{1,9}))?\s*(Z|[+-]\d\d:?\d\d)?$/i;

/** An ISO 8601 date as `2024-05-06T07:08:09.123456Z`, in UTC; undefined when it is none. */
export function utcMicroseconds(date: string | undefined): string | undefined {
  const [matched, day, time, fraction = '', zone = 'Z'] = ISO_DATE.exec(date ?? '') ?? [];
  if (matched === undefined) return undefined;
  const seconds = new Date(`${day}T${time}${zone.toUpperCase().replace(/(\d\d)(\d\d)$/, '$1:$2')}`);
  if (Number.isNaN(seconds.getTime())) return undefined;
  return `${seconds.toISOString().slice(0, 19)}.${fraction.slice(0, 6).padEnd(6, '0')}Z`;
}
