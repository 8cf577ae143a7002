import type { Notebook } from '../notebook/types.ts';
import type { Clock, NotebookFiles } from './ports.ts';

/** A killed job keeps what is at most this old. */
const EVERY_MS = 10_000;
/** Saving takes at most this part of the time: a notebook that takes a second to write is written every 20 s. */
const SHARE_OF_TIME = 0.05;

/** Saves a growing notebook, seldom enough that a thousand cells do not write it a thousand times. */
export class SaveSometimes {
  readonly #files: NotebookFiles;
  readonly #clock: Clock;
  readonly #path: string;
  #next = 0;

  constructor(options: { files: NotebookFiles; clock: Clock; path: string }) {
    this.#files = options.files;
    this.#clock = options.clock;
    this.#path = options.path;
  }

  async now(notebook: Notebook): Promise<void> {
    const begun = this.#clock.now();
    await this.#files.save(this.#path, notebook);
    const took = this.#clock.now() - begun;
    this.#next = begun + Math.max(EVERY_MS, took / SHARE_OF_TIME);
  }

  async ifDue(notebook: Notebook): Promise<void> {
    if (this.#clock.now() >= this.#next) await this.now(notebook);
  }
}
