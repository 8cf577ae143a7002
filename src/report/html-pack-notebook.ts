import { createHash } from 'node:crypto';

/** Images of a report by their content: the same plot in many notebooks is stored once. */
export class ImageStore {
  readonly #numbers = new Map<string, number>();

  /** The image's number, and whether it is new. */
  add(type: string, bytes: Uint8Array): { readonly number: number; readonly isNew: boolean } {
    const key = `${type} ${createHash('sha256').update(bytes).digest('base64')}`;
    const known = this.#numbers.get(key);
    if (known !== undefined) return { number: known, isNew: false };
    const number = this.#numbers.size;
    this.#numbers.set(key, number);
    return { number, isNew: true };
  }
}

export interface PackedNotebook {
  /** The text with each image replaced by `\u0001number\u0001`; putting the images back gives every character of it. */
  readonly text: string;
  readonly newImages: readonly {
    readonly number: number;
    readonly type: string;
    readonly bytes: Uint8Array;
  }[];
  /** Number of the last image; undefined when there is none. */
  readonly lastImage: number | undefined;
}

/** As a kernel sends an image: one line of base64, perhaps ended by a line break. Tiny ones stay where they are. */
const IMAGE = /"(image\/(?:png|jpeg|gif|webp))":( ?)"([A-Za-z0-9+/]{200,}={0,2})((?:\\n)?)"/g;

/** Takes the images out of a notebook's text. */
export function packNotebook(text: string, images: ImageStore): PackedNotebook {
  // JSON forbids the control character that marks our places: a text that has it is no notebook we understand.
  if (text.includes('\u0001')) return { text, newImages: [], lastImage: undefined };
  const newImages: { number: number; type: string; bytes: Uint8Array }[] = [];
  let lastImage: number | undefined;
  const packed = text.replace(
    IMAGE,
    (whole, type: string, space: string, base64: string, lineBreak: string) => {
      const bytes = Buffer.from(base64, 'base64');
      if (bytes.toString('base64') !== base64) return whole;
      const { number, isNew } = images.add(type, bytes);
      if (isNew) newImages.push({ number, type, bytes });
      lastImage = number;
      return `"${type}":${space}"\u0001${number}\u0001${lineBreak}"`;
    },
  );
  return { text: packed, newImages, lastImage };
}
