import type { Parameters } from '../model.ts';
import type { NamedRun } from './name-runs.ts';
import { leaves, pythonText } from './python-text.ts';
import { type Resolved, resolveTemplate } from './resolve-template.ts';
import { leavesFolder, safeSegment } from './safe-segment.ts';

export interface OutputLabel extends Resolved {
  /** `text` as a safe path segment. */
  readonly segment: string;
}

/**
 * The label of a run: what its entry says with its `{parameters}` filled in, or else the entry's name, of a sweep
 * followed by the values. `values` are the run's parameters by plain name.
 */
export function outputLabel(run: NamedRun, values: Parameters): OutputLabel {
  const template = run.entry.outputLabel;
  if (template === undefined) {
    const text = [run.entry.name, ...run.namedBy.flatMap(leaves).map(pythonText)].join('_');
    return { text, segment: safeSegment(text), used: new Set(), mistakes: [] };
  }
  const resolved = resolveTemplate(template, placeholders(values));
  const mistakes = resolved.mistakes.length > 0 ? resolved.mistakes : mistakesOf(resolved.text);
  return { ...resolved, segment: safeSegment(resolved.text), mistakes };
}

function placeholders(values: Parameters): Map<string, () => string> {
  const texts = new Map([...values].map(([name, value]) => [name, () => pythonText(value)]));
  // In the `config` form the label itself is among the values, still unresolved.
  texts.delete('output_label');
  return texts;
}

function mistakesOf(label: string): string[] {
  if (leavesFolder(label)) {
    return [
      `The label "${label}" would leave the output folder. Write a plain name, without "..", drive or leading slash.`,
    ];
  }
  return label.trim() === ''
    ? ['The label is empty. Write a name, or remove it to use the name of the entry.']
    : [];
}
