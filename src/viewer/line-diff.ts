export interface DiffLine {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
}

/** Beyond this many pairs of lines a difference costs more than it tells. */
const MOST_PAIRS = 4_000_000;

/** The shortest way from one text to another, line by line; texts too long for it are removed and added as a whole. */
export function lineDiff(before: string, after: string): readonly DiffLine[] {
  const [a, b] = [before.split('\n'), after.split('\n')];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  const removed = a.slice(start, a.length - end);
  const added = b.slice(start, b.length - end);
  return [
    ...a.slice(0, start).map(same),
    ...(removed.length * added.length > MOST_PAIRS
      ? [...removed.map((text) => line('removed', text)), ...added.map((text) => line('added', text))]
      : shortest(removed, added)),
    ...a.slice(a.length - end).map(same),
  ];
}

/** Longest common subsequence by the usual table. */
function shortest(a: readonly string[], b: readonly string[]): DiffLine[] {
  const width = b.length + 1;
  const common = new Uint32Array((a.length + 1) * width);
  const at = (i: number, j: number): number => common[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      common[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const lines: DiffLine[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const [left, right] = [a[i], b[j]];
    if (left !== undefined && left === right) {
      lines.push(same(left));
      i++;
      j++;
    } else if (left !== undefined && (right === undefined || at(i + 1, j) >= at(i, j + 1))) {
      lines.push(line('removed', left));
      i++;
    } else if (right !== undefined) {
      lines.push(line('added', right));
      j++;
    }
  }
  return lines;
}

function same(text: string): DiffLine {
  return { kind: 'same', text };
}

function line(kind: 'removed' | 'added', text: string): DiffLine {
  return { kind, text };
}
