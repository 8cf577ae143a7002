/**
 * Bounds what V8 takes beside what is alive, in time for the first object: imported before everything else.
 *
 * Left to itself it gives young objects up to 48 MB, and old ones several times what they need before it looks what is
 * still in use. A batch lives for hours on a machine that belongs to its kernels; with these values the largest take
 * 150 to 250 MB where they took 290 to 370, in the same time (docs/reliability.md, L1 and L3).
 */
import { setFlagsFromString } from 'node:v8';

setFlagsFromString('--semi-space-growth-factor=1');
setFlagsFromString('--heap-growing-percent=20');
