import { pollUntil } from '../../src/adapters/poll-until.ts';
import { aNotebook, filesIn } from '../e2e/bundle.ts';

/** Never ends by itself, nor by an interrupt, and leaves a process behind. Its run's parameter `name` says which it is. */
export const HANGS = aNotebook(
  'name = ""',
  `import pathlib, signal, subprocess
print("before", name, flush=True)
subprocess.Popen(["sleep", "604"], start_new_session=True)
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT, signal.SIGTERM])
pathlib.Path(f"{name}.at").touch()
while True: signal.pause()`,
);

/** Resolves once the runs of these names are where they hang. */
export async function runsHang(folder: string, names: readonly string[]): Promise<void> {
  const hang = (): boolean => names.every((name) => filesIn(folder).includes(`${name}.at`));
  await pollUntil({ deadlineMs: 60_000, everyMs: 50 }, hang);
}
