import { relativePath } from './relative-path.ts';

export interface SourcePlace {
  /** Root of the checkout, absolute. */
  readonly repository: string;
  readonly blobUrl: string | undefined;
  /** From 1. */
  readonly line?: number | undefined;
}

/** The path of a file within the repository; undefined when it stands outside. */
export function repositoryPath(repository: string, absolutePath: string): string | undefined {
  const path = relativePath(repository, absolutePath);
  return path === '.' || path === '..' || path.startsWith('../') || /^([a-z]:)?[/\\]/i.test(path)
    ? undefined
    : path;
}

/** Where GitHub shows a file at the batch's commit; undefined when it does not. */
export function sourceUrl(
  absolutePath: string,
  { repository, blobUrl, line }: SourcePlace,
): string | undefined {
  const path = repositoryPath(repository, absolutePath);
  if (path === undefined || blobUrl === undefined) return undefined;
  const segments = path.split('/').map((segment) => encodeURIComponent(segment.toWellFormed()));
  // Without `plain=1` GitHub renders a notebook, which has no lines.
  return `${blobUrl}/${segments.join('/')}${line === undefined ? '' : `?plain=1#L${line}`}`;
}
