import { noteTiming, resetTiming } from './cell-timing.ts';
import { DisplayRegistry } from './display-registry.ts';
import { isJsonObject } from './json-shape.ts';
import { OutputArea } from './output-area.ts';
import {
  displayFromContent,
  errorFromContent,
  executionCountOf,
  isOutputType,
  outputFromMessage,
} from './output-from-message.ts';
import { ByteAllowance, type OutputLimits } from './output-limits.ts';
import { type OutputEffect, OutputWidgets } from './output-widgets.ts';
import type { CodeCell, ErrorOutput, JsonObject, KernelMessage, Notebook, Output } from './types.ts';
import { WidgetModels } from './widget-models.ts';

/** A cell of which the run has sent a request. */
interface StartedCell {
  readonly cell: CodeCell;
  readonly area: OutputArea;
}

/**
 * Turns the messages of one run's kernel into the outputs of its notebook, which it changes in place; at every
 * moment the notebook can be written. The rules are nbclient's, and JupyterLab's where they are better: streams are
 * merged and resolved, and whatever arrives late still reaches the cell that caused it.
 */
export class NotebookOutputs {
  /** Outputs that belong to no request of this run, and were dropped. */
  strays = 0;
  /** Messages that had to be repaired, or dropped because nothing could be made of them. */
  malformed = 0;

  readonly #notebook: Notebook;
  readonly #limits: OutputLimits;
  readonly #allowance: ByteAllowance;
  readonly #models: WidgetModels;
  readonly #widgets: OutputWidgets;
  readonly #displays = new DisplayRegistry();
  readonly #areas: OutputArea[] = [];
  readonly #byRequest = new Map<string, StartedCell>();
  readonly #byIndex = new Map<number, StartedCell>();

  constructor(notebook: Notebook, limits: OutputLimits = {}) {
    this.#notebook = notebook;
    this.#limits = limits;
    this.#allowance = new ByteAllowance(limits.notebookBytes);
    this.#models = new WidgetModels(this.#allowance);
    this.#widgets = new OutputWidgets(this.#models, {
      create: () => this.#newArea([]),
      clear: (area) => this.#clear(area),
    });
  }

  /** Something was left out because of a limit. */
  get truncated(): boolean {
    return this.#models.truncated || this.#areas.some((area) => area.truncated);
  }

  /** An execute_request for the cell was sent: its old outputs, count and timing go. */
  begin(cellIndex: number, requestId: string): void {
    const cell = codeCell(this.#notebook, cellIndex);
    const before = this.#byIndex.get(cellIndex);
    if (before) this.#clear(before.area);
    cell.outputs = [];
    cell.execution_count = null;
    resetTiming(cell);
    const started = { cell, area: this.#newArea(cell.outputs) };
    this.#byIndex.set(cellIndex, started);
    this.#byRequest.set(requestId, started);
  }

  /** Takes in any message of the kernel; never throws. Returns what the kernel must be told in turn. */
  receive(message: KernelMessage): OutputEffect[] {
    if (!isJsonObject(message.content)) {
      this.malformed++;
      return [];
    }
    if (message.channel === 'shell') this.#receiveReply(message);
    if (message.channel !== 'iopub') return [];
    const started = message.parentId === undefined ? undefined : this.#byRequest.get(message.parentId);
    if (started) this.#noteProgress(started, message);
    this.#updateDisplays(message);
    if (message.type === 'clear_output') this.#receiveClear(started, message);
    else if (message.type.startsWith('comm_')) this.#receiveComm(message);
    else if (isOutputType(message.type)) this.#receiveOutput(started, message.type, message);
    return isIdle(message) || !started ? this.#widgets.tell() : [];
  }

  /** Rebuilds the error output from an execute_reply with status `error` when none arrived. */
  ensureError(cellIndex: number, reply: JsonObject): void {
    if (this.cellHasError(cellIndex) || reply['status'] !== 'error') return;
    this.addError(cellIndex, errorFromContent(reply).output);
  }

  /** Adds an error that no message brought, for instance a timeout. */
  addError(cellIndex: number, error: ErrorOutput): void {
    const started = this.#byIndex.get(cellIndex);
    if (started) this.#add(started.area, error);
    else codeCell(this.#notebook, cellIndex).outputs.push(error);
  }

  cellHasError(cellIndex: number): boolean {
    return this.lastError(cellIndex) !== undefined;
  }

  lastError(cellIndex: number): ErrorOutput | undefined {
    return this.#notebook.cells[cellIndex]?.outputs?.findLast((output) => output.output_type === 'error');
  }

  /** The run is over, however it ended: makes streams plain texts and writes the widgets' state into the notebook. */
  finish(): void {
    for (const area of this.#areas) area.finish();
    const widgets = this.#models.toMetadata();
    if (widgets) this.#notebook.metadata['widgets'] = widgets;
  }

  #newArea(outputs: Output[]): OutputArea {
    const area = new OutputArea(outputs, { limits: this.#limits, allowance: this.#allowance });
    this.#areas.push(area);
    return area;
  }

  #receiveReply(message: KernelMessage): void {
    const started = message.parentId === undefined ? undefined : this.#byRequest.get(message.parentId);
    if (!started || message.type !== 'execute_reply') return;
    noteTiming(started.cell, message);
    // The prompt number should have come with execute_input, which may be lost.
    started.cell.execution_count ??= executionCountOf(message.content['execution_count']) ?? null;
  }

  #noteProgress({ cell, area }: StartedCell, message: KernelMessage): void {
    noteTiming(cell, message);
    if (Object.hasOwn(message.content, 'execution_count')) {
      const count = executionCountOf(message.content['execution_count']);
      if (count === undefined) this.malformed++;
      else cell.execution_count = count;
    }
    // What clear_output(wait=True) announced never came.
    if (isIdle(message)) area.clearsBeforeNext = false;
  }

  #updateDisplays(message: KernelMessage): void {
    const displayId = UPDATING.includes(message.type) ? displayIdOf(message) : undefined;
    if (displayId === undefined) return;
    const display = displayFromContent(message.content);
    if (!display) {
      if (message.type === 'update_display_data') this.malformed++;
      return;
    }
    for (const area of this.#displays.update(displayId, display.output))
      this.#widgets.noteChange(area, message);
  }

  #receiveClear(started: StartedCell | undefined, message: KernelMessage): void {
    const area = this.#widgets.areaFor(message.parentId) ?? started?.area;
    if (!area) this.strays++;
    else if (message.content['wait'] === true) area.clearsBeforeNext = true;
    else {
      this.#clear(area);
      this.#widgets.noteChange(area, message);
    }
  }

  #receiveComm(message: KernelMessage): void {
    const widget = this.#models.receive(message);
    if (widget) this.#widgets.receive(widget.commId, widget.state, message);
  }

  #receiveOutput(
    started: StartedCell | undefined,
    type: Output['output_type'],
    message: KernelMessage,
  ): void {
    const area = this.#widgets.areaFor(message.parentId) ?? started?.area;
    if (!area) {
      this.strays++;
      return;
    }
    const read = outputFromMessage(type, message.content);
    if (!read || read.repaired) this.malformed++;
    if (!read) return;
    const added = this.#add(area, read.output);
    const displayId = displayIdOf(message);
    if (
      displayId !== undefined &&
      (added?.output_type === 'display_data' || added?.output_type === 'execute_result')
    ) {
      this.#displays.register(displayId, area, added);
    }
    this.#widgets.noteChange(area, message);
  }

  #add(area: OutputArea, output: Output): Output | undefined {
    if (area.clearsBeforeNext) this.#clear(area);
    return area.add(output);
  }

  #clear(area: OutputArea): void {
    area.clear();
    this.#displays.forget(area);
  }
}

/** Messages that give all earlier outputs with their display_id new content. */
const UPDATING: readonly string[] = ['display_data', 'execute_result', 'update_display_data'];

function displayIdOf({ content: { transient } }: KernelMessage): string | undefined {
  const id = isJsonObject(transient) ? transient['display_id'] : undefined;
  return typeof id === 'string' && id !== '' ? id : undefined;
}

function isIdle(message: KernelMessage): boolean {
  return message.type === 'status' && message.content['execution_state'] === 'idle';
}

function codeCell(notebook: Notebook, index: number): CodeCell {
  const cell = notebook.cells[index];
  if (cell?.cell_type !== 'code') throw new RangeError(`cell ${index} of the notebook is not a code cell`);
  cell.outputs ??= [];
  cell.execution_count ??= null;
  return cell as CodeCell;
}
