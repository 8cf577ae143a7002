/** What planning needs to know of the file system, in its own words. */

export interface NotebookSource {
  /** Text of the file; throws with the `code` of the file system (`ENOENT`, `EISDIR`, …) when there is none to read. */
  read(absolutePath: string): Promise<string>;
  /** Notebooks that are near a path, relative to the working directory: what its writer may have meant. */
  similar(absolutePath: string): Promise<readonly string[]>;
  isDirectory(absolutePath: string): Promise<boolean>;
  /** The path with all symbolic links resolved; throws as `read` does. */
  realpath(absolutePath: string): Promise<string>;
}
