import type { Json, Notebook } from '../notebook/types.ts';
import { type Language, languageOf } from './languages.ts';

export interface NotebookKernel {
  /** Undefined when neither the entry nor the notebook names one and it is not for Python. */
  readonly kernelName: string | undefined;
  /** The language's own name for itself, for messages. */
  readonly languageName: string;
  /** Undefined when we cannot write its values. */
  readonly language: Language | undefined;
}

/**
 * The kernel of a run and its language: what the entry asks for, else what the notebook names. The language is
 * looked up by kernel name first, as papermill does, and is Python when nothing says otherwise.
 */
export function notebookKernel(notebook: Notebook, asked: string | undefined): NotebookKernel {
  const kernelspec = notebook.metadata['kernelspec'];
  const written =
    text(member(kernelspec, 'language')) ?? text(member(notebook.metadata['language_info'], 'name'));
  const named = installedName(asked ?? text(member(kernelspec, 'name')));
  const language = languageOf({ kernelName: named, language: written ?? 'python' });
  const isPython = language?.name === 'Python';
  return {
    kernelName: named ?? (isPython ? 'python3' : undefined),
    languageName: language?.name ?? written ?? 'python',
    language,
  };
}

/** Jupyter's own names for what is asked for: it compares them in lower case, and `python` is whichever Python it runs. */
function installedName(name: string | undefined): string | undefined {
  const lower = name?.toLowerCase();
  return lower === 'python' ? 'python3' : lower;
}

function member(value: Json | undefined, key: string): Json | undefined {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return undefined;
  return (value as Record<string, Json>)[key];
}

function text(value: Json | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
