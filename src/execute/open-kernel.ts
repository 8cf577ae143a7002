import type { Run } from '../model.ts';
import { type KernelSession, type Kernels, KernelStartError } from './ports.ts';

/** Nothing has been executed yet, so another attempt is always safe. */
const START_ATTEMPTS = 3;

/** Opens the run's kernel, again when a start fails for a reason that may pass; throws KernelStartError. */
export async function openKernel(kernels: Kernels, run: Run, signal: AbortSignal): Promise<KernelSession> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await kernels.open(run, signal);
    } catch (error) {
      const again = error instanceof KernelStartError && error.again && attempt < START_ATTEMPTS;
      if (!again || signal.aborted) throw error;
    }
  }
}
