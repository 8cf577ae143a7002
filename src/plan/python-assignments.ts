import { python } from './languages/python.ts';

/** A variable that Python source sets at the top of a line. */
export interface Assignment {
  readonly name: string;
  /** Source text of the value; undefined where only a type is declared. */
  readonly value: string | undefined;
  /** The annotation or the `# type:` comment, as written. */
  readonly annotation: string | undefined;
}

const FILLER = '\u0001';
const NAME = String.raw`[\p{XID_Start}_]\p{XID_Continue}*`;
const STATEMENT = /[^\n;#]*(?:#[^\n]*)?/g;
const TARGET = new RegExp(`^\\s*(${NAME})\\s*(?::([^=#]*))?(?:=(?!=)|$|(?=#))`, 'u');
const NEXT_TARGET = new RegExp(`^\\s*(${NAME})\\s*=(?!=)`, 'u');
const SEVERAL_TARGETS = new RegExp(`^\\s*\\*?${NAME}\\s*,[^=]*=(?!=)`, 'u');
const TYPE_COMMENT = /^#\s*type:\s*(\S+)/;

/**
 * The assignments of a cell, also those inside blocks. Values and annotations may be any expression over any number
 * of lines. Of `a, b = …` the names are known, not the values. Source that is not Python gives what looks like one.
 */
export function pythonAssignments(source: string): Assignment[] {
  const masked = maskPython(source);
  return Array.from(masked.matchAll(STATEMENT)).flatMap(({ 0: mask, index }) =>
    assignmentsIn(mask, source.slice(index, index + mask.length)),
  );
}

function assignmentsIn(mask: string, text: string): Assignment[] {
  const several = SEVERAL_TARGETS.exec(mask);
  if (several !== null) {
    const names = several[0].match(new RegExp(NAME, 'gu')) ?? [];
    return names.map((name) => ({ name, value: undefined, annotation: undefined }));
  }
  const target = TARGET.exec(mask);
  const name = target?.[1];
  if (target === null || name === undefined || python.reserved.has(name)) return [];
  const assigns = target[0].endsWith('=');
  const declared = target[2];
  // A lone name is an expression, not an assignment.
  if (!assigns && declared === undefined) return [];

  const names = [name];
  let start = target[0].length;
  for (
    let next = NEXT_TARGET.exec(mask.slice(start));
    assigns && next !== null;
    next = NEXT_TARGET.exec(mask.slice(start))
  ) {
    names.push(next[1] ?? '');
    start += next[0].length;
  }
  const commentAt = mask.indexOf('#');
  const end = commentAt === -1 ? mask.length : commentAt;
  const value = assigns ? text.slice(start, end).trim() : undefined;
  const annotationAt = target[0].indexOf(':') + 1;
  const annotation =
    declared === undefined
      ? TYPE_COMMENT.exec(text.slice(end))?.[1]
      : text.slice(annotationAt, annotationAt + declared.length).trim();
  return names.map((each) => ({ name: each, value, annotation }));
}

const TOKEN =
  /(?<comment>#[^\n]*)|(?<text>"""(?:\\[^]|[^\\])*?(?:"""|$)|'''(?:\\[^]|[^\\])*?(?:'''|$)|"(?:\\[^]|[^"\\\n])*(?:"|(?=\n)|$)|'(?:\\[^]|[^'\\\n])*(?:'|(?=\n)|$))|(?<open>[([{])|(?<close>[)\]}])|(?<joined>\\\n)|[^]/g;

/**
 * The source with the same length, in which strings, what stands in brackets, and joined lines are blotted out, so
 * that every `=`, `:`, `;`, `#` and newline left means what it says.
 */
function maskPython(source: string): string {
  let depth = 0;
  let mask = '';
  for (const { 0: token, groups } of source.matchAll(TOKEN)) {
    if (groups?.['open'] !== undefined) depth += 1;
    if (groups?.['comment'] !== undefined) {
      mask += depth > 0 ? FILLER.repeat(token.length) : `#${FILLER.repeat(token.length - 1)}`;
    } else if (groups?.['joined'] !== undefined) mask += '  ';
    else mask += depth > 0 || groups?.['text'] !== undefined ? FILLER.repeat(token.length) : token;
    if (groups?.['close'] !== undefined) depth = Math.max(0, depth - 1);
  }
  return mask;
}
