import { type ArchiveBytes, readZipEntry } from '../../../src/adapters/zip-entry.ts';

/** An archive in memory. */
export function archiveOf(bytes: Buffer): ArchiveBytes {
  const read = (start: number, lengthBytes: number): Promise<Buffer> =>
    Promise.resolve(bytes.subarray(start, start + lengthBytes));
  return { sizeBytes: bytes.length, read };
}

/** Text of a file in a zip archive. */
export async function fileIn(zip: Buffer, name: string): Promise<string | undefined> {
  const content = await readZipEntry(archiveOf(zip), { name, limitBytes: 1 << 30 });
  return content?.toString('utf8');
}

/** Names in a zip archive, sorted. */
export function namesIn(zip: Buffer): string[] {
  const names: string[] = [];
  for (
    let at = zip.indexOf('PK\u0001\u0002', 0, 'latin1');
    at >= 0;
    at = zip.indexOf('PK\u0001\u0002', at + 4, 'latin1')
  ) {
    names.push(zip.toString('utf8', at + 46, at + 46 + zip.readUInt16LE(at + 28)));
  }
  return names.sort();
}
