import { notebookSnapshot } from '../notebook/notebook-snapshot.ts';
import type { Notebook } from '../notebook/types.ts';
import type { Clock, NotebookFiles } from './ports.ts';

/** A killed job keeps what is at most this old. */
const EVERY_MS = 10_000;
/** Saving takes at most this part of the time: a notebook that takes a second to write is written every 20 s. */
const SHARE_OF_TIME = 0.05;

/**
 * Saves a growing notebook, also in the middle of a long cell, by time and not by cells: a thousand cells do not write
 * it a thousand times.
 */
export class SaveSometimes {
  readonly #files: NotebookFiles;
  readonly #clock: Clock;
  readonly #path: string;
  readonly #notebook: Notebook;
  #changed = false;
  #saving: Promise<void> = Promise.resolve();
  #cancel: () => void = () => undefined;
  #ended = false;

  constructor(options: { files: NotebookFiles; clock: Clock; path: string; notebook: Notebook }) {
    this.#files = options.files;
    this.#clock = options.clock;
    this.#path = options.path;
    this.#notebook = options.notebook;
  }

  /** The first save, which throws when the file cannot be written; from then on whatever changes is saved. */
  async begin(): Promise<void> {
    await this.#save();
  }

  /** The notebook is not what was saved any more. */
  changed(): void {
    this.#changed = true;
  }

  /** Resolves once nothing is being written any more; the last save is somebody else's. */
  async end(): Promise<void> {
    this.#ended = true;
    this.#cancel();
    await this.#saving;
  }

  async #save(): Promise<void> {
    const begun = this.#clock.now();
    this.#changed = false;
    // Messages come in while the file is written.
    await this.#files.save(this.#path, notebookSnapshot(this.#notebook));
    const tookMs = this.#clock.now() - begun;
    this.#saveIn(Math.max(EVERY_MS, tookMs / SHARE_OF_TIME) - tookMs);
  }

  #saveIn(delayMs: number): void {
    if (this.#ended) return;
    this.#cancel = this.#clock.after(delayMs, () => {
      if (!this.#changed) this.#saveIn(EVERY_MS);
      // A disk that is full now may not be in the end, when a failure to save counts.
      else this.#saving = this.#save().catch(() => this.#saveIn(EVERY_MS));
    });
  }
}
