import type { Detail } from './detail.ts';
import { outputRemark } from './failure-text.ts';
import { codeSpan, prose } from './inert-markdown.ts';
import type { RunDigest } from './publication.ts';
import { counted } from './verdict-text.ts';

/** What is worth knowing of runs whether or not they passed: a fold, or nothing. */
export function remarksSection(runs: readonly RunDigest[], { rows }: Detail): string[] {
  const remarks = runs.flatMap(({ result }) =>
    [...result.warnings, ...[outputRemark(result) ?? []].flat()].map((text) => ({
      name: result.run.name,
      text,
    })),
  );
  if (remarks.length === 0 || rows === 0) return [];
  const shown = remarks
    .slice(0, rows)
    .map(({ name, text }) => `- ${codeSpan(name, 60)}: ${prose(text, 300)}`);
  const more = remarks.length - shown.length;
  const lines = more > 0 ? [...shown, `- …and ${more} more`] : shown;
  return [
    `<details>\n<summary>⚠️ ${counted(remarks.length, 'remark')}</summary>\n\n${lines.join('\n')}\n\n</details>`,
  ];
}
