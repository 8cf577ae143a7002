import path from 'node:path';

/** A path as people and other programs read it: relative to the working directory, with `/` on every system. */
export function relativePath(workingDirectory: string, absolutePath: string): string {
  return path.relative(workingDirectory, absolutePath).replaceAll(path.sep, '/') || '.';
}
