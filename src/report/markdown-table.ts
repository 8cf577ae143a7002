export interface Column {
  /** Inert Markdown, as all cells. */
  readonly heading: string;
  readonly align?: 'right' | undefined;
}

/** A table of GitHub Flavored Markdown. */
export function markdownTable(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  return [
    row(columns.map(({ heading }) => heading)),
    row(columns.map(({ align }) => (align === 'right' ? '---:' : '---'))),
    ...rows.map(row),
  ].join('\n');
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
