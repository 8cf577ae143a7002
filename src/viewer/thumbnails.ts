import type { ReportStore } from './report-store.ts';

/** CSS pixels; style/table.css gives the picture this width. */
const WIDTH = 92;

/**
 * Fills thumbnails when they come near to what is in view. The plots themselves are a hundred times as large: each is decoded once,
 * away from the page's own thread, and kept small, one after the other and the last one seen first, so that whoever
 * scrolls past a thousand of them does not wait for them.
 */
export function thumbnails(store: ReportStore): (image: HTMLImageElement, number: number) => void {
  const numbers = new WeakMap<Element, number>();
  const waiting = new Set<HTMLImageElement>();
  const small = new Map<number, Promise<string>>();
  let isDrawing = false;

  const draw = async (): Promise<void> => {
    if (isDrawing) return;
    isDrawing = true;
    for (let image = [...waiting].at(-1); image !== undefined; image = [...waiting].at(-1)) {
      waiting.delete(image);
      near.unobserve(image);
      await untilIdle();
      const number = numbers.get(image) ?? 0;
      const url = small.get(number) ?? smallPicture(store.image(number));
      small.set(number, url);
      image.src = await url;
    }
    isDrawing = false;
  };
  const near = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!(target instanceof HTMLImageElement)) continue;
        if (isIntersecting) waiting.add(target);
        else waiting.delete(target);
      }
      void draw();
    },
    { rootMargin: '400px' },
  );
  return (image, number) => {
    numbers.set(image, number);
    near.observe(image);
  };
}

/** Address of the picture, at the size in which it is seen; of the whole when the browser cannot read it. */
async function smallPicture(reading: Promise<Blob>): Promise<string> {
  const picture = await reading;
  try {
    const bitmap = await createImageBitmap(picture, {
      resizeWidth: Math.ceil(WIDTH * window.devicePixelRatio),
      resizeQuality: 'medium',
    });
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
    bitmap.close();
    return URL.createObjectURL(await canvas.convertToBlob());
  } catch {
    return URL.createObjectURL(picture);
  }
}

/** A moment without work, or the next frame in Safari, which cannot say when there is one. */
async function untilIdle(): Promise<void> {
  await new Promise<void>((resolve) => {
    if ('requestIdleCallback' in window) requestIdleCallback(() => resolve(), { timeout: 300 });
    else requestAnimationFrame(() => resolve());
  });
}
