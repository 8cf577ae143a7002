import type { OutputCompleteness, RunStatus } from '../model.ts';
import { NotebookOutputs } from '../notebook/collect-outputs.ts';
import type { OutputLimits } from '../notebook/output-limits.ts';
import type { CodeCell, ErrorOutput, KernelMessage } from '../notebook/types.ts';
import type { CellOutcome } from './cell-state.ts';
import { type CellError, type CellVerdict, judgeCell } from './judge-cell.ts';
import { LostMessages } from './lost-messages.ts';
import type { Clock, KernelSession, ResourceUsage } from './ports.ts';
import { tagsOf } from '../notebook/cell-tags.ts';
import { stampCellEnd, stampCellPassed, stampCellStart } from '../notebook/papermill-metadata.ts';
import type { PreparedNotebook } from './prepare-notebook.ts';

/** Everything one attempt at a run gathers, from the first message to its status. */
export class AttemptRecord {
  readonly prepared: PreparedNotebook;
  readonly outputs: NotebookOutputs;
  readonly warnings: string[] = [];
  executed = 0;
  usage: ResourceUsage | undefined;
  #status: RunStatus = 'passed';
  #error: { said: CellError; cell: CodeCell | undefined } | undefined;
  #unfinishedOutput = false;
  #overlong = false;
  readonly #lost = new LostMessages();
  readonly #clock: Clock;
  /** Cells before this one are behind us, whatever there was to do for them. */
  #reached = 0;
  #begun = false;
  #cellBegunMs = 0;

  constructor(prepared: PreparedNotebook, context: { clock: Clock; outputLimits: OutputLimits }) {
    this.prepared = prepared;
    this.#clock = context.clock;
    this.outputs = new NotebookOutputs(prepared.notebook, context.outputLimits);
  }

  get status(): RunStatus {
    return this.#status;
  }

  /** The first error that counted, and the cell to blame. */
  get error(): { readonly said: CellError; readonly cell: CodeCell | undefined } | undefined {
    return this.#error;
  }

  get output(): OutputCompleteness {
    if (!this.#begun) return { kind: 'complete' };
    const messages = this.#lost.count;
    if (messages !== undefined && messages > 0) return { kind: 'lost', messages };
    if (this.outputs.truncated || this.#overlong) return { kind: 'truncated' };
    return messages === undefined || this.#unfinishedOutput ? { kind: 'unknown' } : { kind: 'complete' };
  }

  /** A request for the cell has been sent. */
  beginCell(cellIndex: number, requestId: string): void {
    this.#lost.beginCell();
    this.passCells(cellIndex);
    this.outputs.begin(cellIndex, requestId);
    const cell = this.prepared.notebook.cells[cellIndex];
    if (cell !== undefined) stampCellStart(cell, this.#clock.date());
    this.#begun = true;
    this.#cellBegunMs = this.#clock.now();
    this.#reached = cellIndex + 1;
  }

  /** All cells before this one are done: those in between had nothing to execute. */
  passCells(cellIndex: number): void {
    const at = this.#clock.date();
    for (const cell of this.prepared.notebook.cells.slice(this.#reached, cellIndex))
      stampCellPassed(cell, at);
    this.#reached = cellIndex;
  }

  receive(message: KernelMessage, session: KernelSession): void {
    if (message.uncounted !== true) this.#lost.note(message);
    this.#overlong ||= message.overlong === true;
    for (const effect of this.outputs.receive(message)) session.sendComm(effect.content, effect.parent);
  }

  /** Judges how a cell ended and notes what follows from it. */
  endCell(cell: CodeCell, cellIndex: number, outcome: CellOutcome): CellVerdict {
    if (outcome.kind === 'replied') this.executed += 1;
    if (outcome.kind === 'replied' && !outcome.idle) this.#noteMissingIdle(cellIndex);
    const errorOutput = cell.outputs.findLast(
      (output): output is ErrorOutput => output.output_type === 'error',
    );
    const verdict = judgeCell({ outcome, errorOutput, tags: tagsOf(cell) });
    if (verdict.kind === 'passed' && verdict.warning !== undefined) {
      this.warnings.push(`Cell ${cellIndex + 1} ${verdict.warning}.`);
    }
    if (verdict.kind === 'failed') this.#note('failed', verdict.error, cell);
    if (verdict.kind === 'broken') this.#note(verdict.status, verdict.error, cell);
    stampCellEnd(cell, {
      endedAt: this.#clock.date(),
      durationMs: this.#clock.now() - this.#cellBegunMs,
      failed: verdict.kind === 'failed' || verdict.kind === 'broken',
    });
    const unseen = verdict.kind === 'broken' || (verdict.kind === 'failed' && errorOutput === undefined);
    if (unseen) {
      const { ename, evalue, traceback } = verdict.error;
      this.outputs.addError(cellIndex, { output_type: 'error', ename, evalue, traceback: [...traceback] });
    }
    return verdict;
  }

  /** The run ends without a cell to blame. */
  fail(status: RunStatus, error: CellError): void {
    this.#status = status;
    this.#error = { said: error, cell: undefined };
  }

  #note(status: RunStatus, said: CellError, cell: CodeCell): void {
    // With allow-errors a run goes on after its first error; a later timeout or death is the graver news.
    if (this.#error !== undefined && status === 'failed') return;
    this.#status = status;
    this.#error = { said, cell };
  }

  #noteMissingIdle(cellIndex: number): void {
    this.#unfinishedOutput = true;
    this.warnings.push(`Cell ${cellIndex + 1}: the kernel never said it was done, so output may be missing.`);
  }
}
