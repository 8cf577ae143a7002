/**
 * Keeps a library's chatter off the screen: @jupyterlab/services writes each connection to the console, where it
 * would tear the live view and, in a workflow, stand in the log among our lines. We write to the streams directly.
 */
export function quietConsole(): void {
  const nothing = (): void => undefined;
  Object.assign(console, { debug: nothing, log: nothing, info: nothing, warn: nothing, error: nothing });
}
