import { randomUUID } from 'node:crypto';
import { createWriteStream, existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { deflateRaw } from 'node:zlib';
import type { ReportFiles } from '../report/html-write.ts';
import { fewAtOnce } from './few-at-once.ts';

/** zlib takes a buffer of this size for each notebook, most of which are smaller; zlib takes no less. */
const LEAST_CHUNK = 64;
const LARGEST_CHUNK = 1 << 16;

const deflate = promisify(deflateRaw);

/** What a report is built of and written to. */
export const reportFiles: ReportFiles = {
  async read(path) {
    return await readFile(path, 'utf8').catch((error: unknown) => {
      if (['ENOENT', 'ENOTDIR', 'EISDIR'].includes((error as NodeJS.ErrnoException).code ?? ''))
        return undefined;
      throw error;
    });
  },

  async size(path) {
    return (await fewAtOnce(() => stat(path)).catch(() => undefined))?.size;
  },

  async write(path, chunks) {
    await mkdir(dirname(path), { recursive: true });
    const temporary = `${path}.${randomUUID()}.tmp`;
    try {
      await pipeline(Readable.from(chunks), createWriteStream(temporary, { flags: 'wx' }));
      await rename(temporary, path);
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
  },

  async viewer() {
    // Seen from dist/index.js, and from this file when the sources run.
    const paths = ['viewer/report.html', '../../dist/viewer/report.html'].map((path) =>
      join(import.meta.dirname, path),
    );
    const path = paths.find((candidate) => existsSync(candidate));
    if (path === undefined) throw new Error('viewer/report.html is missing from this installation.');
    return await readFile(path, 'utf8');
  },

  deflate: (bytes) =>
    deflate(bytes, { level: 9, chunkSize: Math.min(LARGEST_CHUNK, Math.max(LEAST_CHUNK, bytes.length)) }),
};
