import { randomBytes } from 'node:crypto';
import { crc32, deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ArchiveError, readZipEntry } from '../../src/adapters/zip-entry.ts';
import { archiveOf } from '../e2e/github/unzip.ts';

const CONTENT = Buffer.from('{"version": 1}\n'.repeat(50));

/** A zip archive of these files; `claimedBytes` lies about how large they are. */
function aZip(
  files: Readonly<Record<string, Buffer>>,
  { claimedBytes }: { claimedBytes?: number } = {},
): Buffer {
  const locals: Buffer[] = [];
  const entries: Buffer[] = [];
  for (const [name, content] of Object.entries(files)) {
    const data = deflateRawSync(content);
    const facts = Buffer.alloc(26); // what both records have, from the version to the length of the extra field
    facts.writeUInt16LE(8, 4);
    facts.writeUInt32LE(crc32(content), 10);
    facts.writeUInt32LE(data.length, 14);
    facts.writeUInt32LE(claimedBytes ?? content.length, 18);
    facts.writeUInt16LE(name.length, 22);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(Buffer.concat(locals).length, 10);
    entries.push(Buffer.from('PK\u0001\u0002\0\0', 'latin1'), facts, rest, Buffer.from(name));
    locals.push(Buffer.from('PK\u0003\u0004', 'latin1'), facts, Buffer.from(name), data);
  }
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 'latin1');
  end.writeUInt32LE(Buffer.concat(entries).length, 12);
  end.writeUInt32LE(Buffer.concat(locals).length, 16);
  return Buffer.concat([...locals, ...entries, end]);
}

const wanted = { name: 'results.json', limitBytes: 10_000 };
const zip = aZip({ 'nb/a.ipynb': Buffer.from('{}'), 'results.json': CONTENT });

it('reads one entry of an archive, and only what leads to it', async () => {
  const big = aZip({
    'nb/big.ipynb': randomBytes(300_000),
    'results.json': CONTENT,
  });
  let readBytes = 0;
  const archive = archiveOf(big);
  const counted = {
    ...archive,
    read: (start: number, length: number) => ((readBytes += length), archive.read(start, length)),
  };
  expect(await readZipEntry(counted, wanted)).toEqual(CONTENT);
  expect(readBytes).toBeLessThan(big.length / 2);
});

it('finds nothing where there is none', async () => {
  expect(await readZipEntry(archiveOf(zip), { ...wanted, name: 'results' })).toBeUndefined();
  expect(await readZipEntry(archiveOf(aZip({})), wanted)).toBeUndefined();
});

it.each([
  ['is larger than it may be', aZip({ 'results.json': Buffer.alloc(20_000) })],
  ['is larger than it says', aZip({ 'results.json': Buffer.alloc(20_000) }, { claimedBytes: 10 })],
  ['is smaller than it says', aZip({ 'results.json': CONTENT }, { claimedBytes: 5_000 })],
  ['is in no archive', Buffer.from('something else')],
  ['is in an empty file', Buffer.alloc(0)],
])('refuses an entry that %s', async (_, bytes) => {
  await expect(readZipEntry(archiveOf(bytes), wanted)).rejects.toThrow(ArchiveError);
});

it('gives the content or refuses, whatever becomes of the bytes', async () => {
  const damage = fc.array(fc.tuple(fc.nat(zip.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(damage, fc.nat(zip.length), async (changes, lengthBytes) => {
      const bytes = Buffer.from(zip.subarray(lengthBytes < 40 ? lengthBytes : 0));
      for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
      const content = await readZipEntry(archiveOf(bytes), wanted).catch((error: unknown) => {
        expect(error).toBeInstanceOf(ArchiveError);
      });
      if (content !== undefined) expect(content).toEqual(CONTENT);
    }),
    { numRuns: 2_000 },
  );
});
