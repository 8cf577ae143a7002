/** A notebook of code cells for the usual kernel; the first is tagged `parameters`. */
export function codeNotebook(...sources: readonly string[]): object {
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: { kernelspec: { name: 'python3', display_name: 'Python 3', language: 'python' } },
    cells: sources.map((source, index) => ({
      cell_type: 'code',
      id: `cell-${index}`,
      metadata: index === 0 ? { tags: ['parameters'] } : {},
      source,
      outputs: [],
      execution_count: null,
    })),
  };
}
