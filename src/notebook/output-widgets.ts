import { isOutputType, outputFromMessage } from './output-from-message.ts';
import type { OutputArea } from './output-area.ts';
import type { Json, JsonObject, KernelMessage, Output } from './types.ts';
import type { WidgetModels } from './widget-models.ts';

/** What the kernel must be told. */
export interface OutputEffect {
  readonly kind: 'send-comm';
  /** Content of a comm_msg for the shell channel. */
  readonly content: JsonObject;
  /** A message whose request (`parentId`) the comm_msg belongs to. */
  readonly parent: KernelMessage;
}

/** Where the areas of widgets come from, and how they are cleared. */
export interface WidgetAreas {
  readonly create: () => OutputArea;
  readonly clear: (area: OutputArea) => void;
}

interface OutputWidget {
  readonly commId: string;
  readonly area: OutputArea;
  /** The request whose outputs it takes; empty = none. */
  capturing: string;
}

/**
 * ipywidgets' Output widgets: between `with output:` and its end they take the outputs of a request. The kernel learns what
 * they hold when the request is over: it would not listen before, and telling it after each output would cost the square of them.
 */
export class OutputWidgets {
  readonly #models: WidgetModels;
  readonly #areas: WidgetAreas;
  readonly #widgets = new Map<string, OutputWidget>();
  readonly #byArea = new Map<OutputArea, OutputWidget>();
  /** Request → the widgets that take its outputs; the last one entered gets them. */
  readonly #capturing = new Map<string, OutputWidget[]>();
  readonly #untold = new Map<OutputWidget, KernelMessage>();

  constructor(models: WidgetModels, areas: WidgetAreas) {
    this.#models = models;
    this.#areas = areas;
  }

  /** The area of the widget that takes the outputs of a request, when there is one. */
  areaFor(requestId: string | undefined): OutputArea | undefined {
    return requestId === undefined ? undefined : this.#capturing.get(requestId)?.at(-1)?.area;
  }

  /** Follows the state that a comm_open or comm_msg sets. */
  receive(commId: string, state: JsonObject, message: KernelMessage): void {
    if (message.type === 'comm_open' && isOutputModel(state)) this.#open(commId, state);
    const widget = this.#widgets.get(commId);
    if (!widget) return;
    const { msg_id: requestId, outputs } = state;
    if (typeof requestId === 'string') this.#capture(widget, requestId);
    // An echo repeats what we told the kernel, which may be older than what we have.
    if (message.type === 'comm_msg' && Array.isArray(outputs) && !isEcho(message)) {
      this.#areas.clear(widget.area);
      for (const output of outputsOf(outputs)) widget.area.add(output);
    }
    this.#models.set(commId, 'outputs', widget.area.outputs as unknown as Json);
  }

  /** Notes that the outputs of an area changed; nothing happens when it is not a widget's. */
  noteChange(area: OutputArea, message: KernelMessage): void {
    const widget = this.#byArea.get(area);
    if (widget) this.#untold.set(widget, message);
  }

  /** What the kernel has not been told yet. */
  tell(): OutputEffect[] {
    const effects = [...this.#untold].map(([widget, parent]) => ({
      kind: 'send-comm' as const,
      content: {
        comm_id: widget.commId,
        data: { method: 'update', state: { outputs: snapshot(widget.area.outputs) }, buffer_paths: [] },
      },
      parent,
    }));
    this.#untold.clear();
    return effects;
  }

  finish(): void {
    for (const { area } of this.#widgets.values()) area.finish();
  }

  #open(commId: string, state: JsonObject): void {
    const area = this.#areas.create();
    for (const output of outputsOf(state['outputs'])) area.add(output);
    const widget = { commId, area, capturing: '' };
    this.#widgets.set(commId, widget);
    this.#byArea.set(area, widget);
  }

  #capture(widget: OutputWidget, requestId: string): void {
    if (requestId === widget.capturing) return;
    const others = this.#capturing.get(widget.capturing)?.filter((other) => other !== widget) ?? [];
    if (others.length > 0) this.#capturing.set(widget.capturing, others);
    else this.#capturing.delete(widget.capturing);
    widget.capturing = requestId;
    if (requestId !== '') this.#capturing.set(requestId, [...(this.#capturing.get(requestId) ?? []), widget]);
  }
}

function isOutputModel(state: JsonObject): boolean {
  return state['_model_name'] === 'OutputModel' && state['_model_module'] === '@jupyter-widgets/output';
}

function isEcho({ content: { data } }: KernelMessage): boolean {
  return typeof data === 'object' && data !== null && 'method' in data && data.method === 'echo_update';
}

/** The outputs in a widget's state; what is none is left out. */
function outputsOf(state: Json | undefined): Output[] {
  if (!Array.isArray(state)) return [];
  return state.flatMap((item) => {
    if (typeof item !== 'object' || item === null || !('output_type' in item)) return [];
    const type = item.output_type;
    return typeof type === 'string' && isOutputType(type)
      ? (outputFromMessage(type, item)?.output ?? [])
      : [];
  });
}

function snapshot(outputs: readonly Output[]): Json[] {
  return outputs.map((output) => ({ ...output }));
}
