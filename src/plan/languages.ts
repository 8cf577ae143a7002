import { bash } from './languages/bash.ts';
import { csharp } from './languages/csharp.ts';
import { fsharp } from './languages/fsharp.ts';
import { julia } from './languages/julia.ts';
import type { Language } from './languages/language.ts';
import { matlab } from './languages/matlab.ts';
import { powershell } from './languages/powershell.ts';
import { python } from './languages/python.ts';
import { r } from './languages/r.ts';
import { scala } from './languages/scala.ts';

export type { Language };

/** Every language that parameters can be written in. Layouts are papermill's; values are what was written. */
export const LANGUAGES: readonly Language[] = [
  python,
  r,
  julia,
  scala,
  bash,
  matlab,
  csharp,
  fsharp,
  powershell,
];

/** The row of a kernel, or else of a language as notebooks name it; undefined when there is none. */
export function languageOf(asked: {
  kernelName: string | undefined;
  language: string;
}): Language | undefined {
  const { kernelName, language } = asked;
  const byKernel = LANGUAGES.find(({ kernels }) => kernelName !== undefined && kernels.test(kernelName));
  return byKernel ?? LANGUAGES.find(({ languages }) => languages.includes(language.toLowerCase()));
}
