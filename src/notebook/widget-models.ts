import { byteSize } from './byte-size.ts';
import { isJsonObject } from './json-shape.ts';
import type { ByteAllowance } from './output-limits.ts';
import type { Json, JsonObject, KernelMessage } from './types.ts';

const WIDGET_TARGET = 'jupyter.widget';
const WIDGET_STATE_MIME = 'application/vnd.jupyter.widget-state+json';

interface WidgetModel {
  /** Values with the bytes they take from the allowance. */
  readonly state: Map<string, { readonly value: Json; readonly bytes: number }>;
  /** By the JSON of their path. */
  readonly buffers: Map<string, JsonObject>;
}

/** The state of all widgets of a kernel, for the notebook's metadata. Comms of other targets are left alone. */
export class WidgetModels {
  /** Something was left out because of a limit. */
  truncated = false;
  readonly #models = new Map<string, WidgetModel>();
  readonly #allowance: ByteAllowance;

  constructor(allowance: ByteAllowance) {
    this.#allowance = allowance;
  }

  /** Takes in a comm_open or comm_msg. Returns the comm's id and the state it sets when it is a widget's. */
  receive(message: KernelMessage): { commId: string; state: JsonObject } | undefined {
    const { comm_id: commId, target_name: target, data } = message.content;
    if (typeof commId !== 'string') return undefined;
    if (message.type === 'comm_open' && target === WIDGET_TARGET && !this.#models.has(commId)) {
      this.#models.set(commId, { state: new Map(), buffers: new Map() });
    }
    const model = this.#models.get(commId);
    if (!model || !isJsonObject(data) || !isJsonObject(data['state'])) return undefined;
    const { state } = data;
    for (const [key, value] of Object.entries(state)) this.#set(model, key, value);
    this.#setBuffers(model, data['buffer_paths'], message.buffers);
    return { commId, state };
  }

  /** Lets a value that is counted elsewhere stand in a model's state. */
  set(commId: string, key: string, value: Json): void {
    const model = this.#models.get(commId);
    this.#allowance.giveBack(model?.state.get(key)?.bytes ?? 0);
    model?.state.set(key, { value, bytes: 0 });
  }

  /** `metadata.widgets` as nbclient writes it; undefined when there was no widget. */
  toMetadata(): JsonObject | undefined {
    if (this.#models.size === 0) return undefined;
    const state = [...this.#models]
      .filter(([, model]) => model.state.has('_model_name'))
      .map(([commId, model]) => [commId, modelJson(model)]);
    return {
      [WIDGET_STATE_MIME]: {
        state: Object.fromEntries(state) as JsonObject,
        version_major: 2,
        version_minor: 0,
      },
    };
  }

  #set(model: WidgetModel, key: string, value: Json): void {
    this.#allowance.giveBack(model.state.get(key)?.bytes ?? 0);
    // A new value comes without the buffers of the old one.
    for (const [path, buffer] of model.buffers) {
      if (!Array.isArray(buffer['path']) || buffer['path'][0] !== key) continue;
      model.buffers.delete(path);
      this.#allowance.giveBack(byteSize(buffer));
    }
    const bytes = byteSize(value);
    if (this.#allowance.takeWhole(bytes)) {
      model.state.set(key, { value, bytes });
      return;
    }
    model.state.delete(key);
    this.truncated = true;
  }

  #setBuffers(model: WidgetModel, paths: Json | undefined, buffers: readonly Uint8Array[]): void {
    if (!Array.isArray(paths)) return;
    for (const [index, path] of paths.entries()) {
      const buffer = buffers[index];
      if (!buffer || !Array.isArray(path)) continue;
      const data = Buffer.from(buffer.buffer, buffer.byteOffset, buffer.byteLength).toString('base64');
      const encoded = { data, encoding: 'base64', path };
      if (this.#allowance.takeWhole(byteSize(encoded))) model.buffers.set(JSON.stringify(path), encoded);
      else this.truncated = true;
    }
  }
}

function modelJson({ state, buffers }: WidgetModel): Json {
  const values = [...state].map(([key, { value }]): [string, Json] => [key, value]);
  return {
    model_name: state.get('_model_name')?.value ?? null,
    model_module: state.get('_model_module')?.value ?? null,
    model_module_version: state.get('_model_module_version')?.value ?? null,
    state: Object.fromEntries(values),
    ...(buffers.size > 0 ? { buffers: [...buffers.values()] } : {}),
  };
}
