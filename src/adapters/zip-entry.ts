import { crc32, inflateRawSync } from 'node:zlib';

/** An archive of which parts can be read. */
export interface ArchiveBytes {
  readonly sizeBytes: number;
  /** Exactly the bytes from `start` on. */
  read(start: number, lengthBytes: number): Promise<Buffer>;
}

/** The archive cannot be read, or holds more than is wanted. */
export class ArchiveError extends Error {}

// https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
const END = { signature: 0x06054b50, lengthBytes: 22, longestComment: 0xffff };
const ENTRY = { signature: 0x02014b50, lengthBytes: 46 };
const LOCAL = { signature: 0x04034b50, lengthBytes: 30 };
const ENCRYPTED = 1;
const METHODS = { stored: 0, deflated: 8 };
/** Of ten thousand entries with long names. */
const LONGEST_DIRECTORY_BYTES = 8 << 20;

/**
 * One entry of a zip archive that a stranger may have made; undefined when there is none of the name. Nothing is unpacked
 * to disk, and no more than `limitBytes` are read or inflated. Throws ArchiveError.
 */
export async function readZipEntry(
  archive: ArchiveBytes,
  { name, limitBytes }: { readonly name: string; readonly limitBytes: number },
): Promise<Buffer | undefined> {
  const entry = find(await directory(archive), name);
  if (entry === undefined) return undefined;
  const { compressedBytes, sizeBytes } = entry;
  if (Math.max(compressedBytes, sizeBytes) > limitBytes) {
    throw new ArchiveError(`${name} is larger than ${limitBytes} bytes`);
  }
  const local = await part(archive, entry.offset, LOCAL.lengthBytes);
  if (local.readUInt32LE(0) !== LOCAL.signature) throw new ArchiveError('an entry is not where it should be');
  const dataStart = entry.offset + LOCAL.lengthBytes + local.readUInt16LE(26) + local.readUInt16LE(28);
  const content = inflated(await part(archive, dataStart, compressedBytes), entry);
  if (content.length !== sizeBytes || crc32(content) !== entry.crc)
    throw new ArchiveError(`${name} is damaged`);
  return content;
}

interface Entry {
  readonly method: number;
  readonly crc: number;
  readonly compressedBytes: number;
  readonly sizeBytes: number;
  readonly offset: number;
}

async function directory(archive: ArchiveBytes): Promise<Buffer> {
  const tailBytes = Math.min(archive.sizeBytes, END.lengthBytes + END.longestComment);
  const tail = await part(archive, archive.sizeBytes - tailBytes, tailBytes);
  for (let at = tail.length - END.lengthBytes; at >= 0; at--) {
    if (tail.readUInt32LE(at) !== END.signature) continue;
    const lengthBytes = tail.readUInt32LE(at + 12);
    if (lengthBytes > LONGEST_DIRECTORY_BYTES) throw new ArchiveError('it has too many entries');
    return await part(archive, tail.readUInt32LE(at + 16), lengthBytes);
  }
  throw new ArchiveError('it is not a zip archive');
}

function find(entries: Buffer, name: string): Entry | undefined {
  for (let at = 0; at + ENTRY.lengthBytes <= entries.length;) {
    if (entries.readUInt32LE(at) !== ENTRY.signature)
      throw new ArchiveError('its list of entries is damaged');
    const nameStart = at + ENTRY.lengthBytes;
    const nameEnd = nameStart + entries.readUInt16LE(at + 28);
    if (entries.toString('utf8', nameStart, nameEnd) === name) {
      if ((entries.readUInt16LE(at + 8) & ENCRYPTED) !== 0) throw new ArchiveError(`${name} is encrypted`);
      return {
        method: entries.readUInt16LE(at + 10),
        crc: entries.readUInt32LE(at + 16),
        compressedBytes: entries.readUInt32LE(at + 20),
        sizeBytes: entries.readUInt32LE(at + 24),
        offset: entries.readUInt32LE(at + 42),
      };
    }
    at = nameEnd + entries.readUInt16LE(at + 30) + entries.readUInt16LE(at + 32);
  }
  return undefined;
}

function inflated(bytes: Buffer, { method, sizeBytes }: Entry): Buffer {
  if (method === METHODS.stored) return bytes;
  if (method !== METHODS.deflated) throw new ArchiveError(`compression method ${method} is unknown`);
  try {
    return inflateRawSync(bytes, { maxOutputLength: Math.max(sizeBytes, 1) });
  } catch (error) {
    throw new ArchiveError('its content is damaged', { cause: error });
  }
}

async function part(archive: ArchiveBytes, start: number, lengthBytes: number): Promise<Buffer> {
  if (start < 0 || start + lengthBytes > archive.sizeBytes) throw new ArchiveError('it ends too early');
  if (lengthBytes === 0) return Buffer.alloc(0);
  return await archive.read(start, lengthBytes);
}
