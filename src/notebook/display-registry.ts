import type { Display, OutputArea } from './output-area.ts';

/** Which outputs stand for which `display_id`, in all cells of a run. */
export class DisplayRegistry {
  readonly #displays = new Map<string, Map<OutputArea, Display[]>>();
  readonly #idsByArea = new Map<OutputArea, Set<string>>();

  register(displayId: string, area: OutputArea, display: Display): void {
    const byArea = this.#displays.get(displayId) ?? new Map<OutputArea, Display[]>();
    const displays = byArea.get(area) ?? [];
    displays.push(display);
    this.#displays.set(displayId, byArea.set(area, displays));
    this.#idsByArea.set(area, (this.#idsByArea.get(area) ?? new Set()).add(displayId));
  }

  /** Replaces data and metadata of every output with this id; returns the areas that changed. */
  update(displayId: string, content: Pick<Display, 'data' | 'metadata'>): OutputArea[] {
    const byArea = this.#displays.get(displayId);
    if (!byArea) return [];
    for (const [area, displays] of byArea) for (const display of displays) area.update(display, content);
    return [...byArea.keys()];
  }

  /** The area was cleared: its outputs are nobody's any more. */
  forget(area: OutputArea): void {
    for (const id of this.#idsByArea.get(area) ?? []) this.#displays.get(id)?.delete(area);
    this.#idsByArea.delete(area);
  }
}
