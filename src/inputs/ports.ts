/** What reading a request needs from the world. */

export interface InputFiles {
  /** Absolute: where the program was started, on a runner the workspace. */
  readonly currentDirectory: string;
  /** Text of the file at an absolute path, read as UTF-8. */
  read(path: string): Promise<FileReading>;
  /** Files below the absolute `directory` that match, relative to it, with `/` between segments. */
  glob(pattern: string, directory: string): Promise<readonly string[]>;
  /** Names in a directory; undefined when there is no such directory. */
  list(directory: string): Promise<readonly string[] | undefined>;
}

export type FileReading =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'missing' }
  /** It is there but cannot be read: a directory, no permission, not UTF-8. */
  | { readonly kind: 'unreadable'; readonly reason: string };
