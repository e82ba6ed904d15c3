// Looks at a chosen file before it travels: is it a picture the server reads, and small enough?
import { toJpeg } from './camera';

export type PictureTrouble = 'not_an_image' | 'empty' | 'unreadable';

export class PictureError extends Error {
  constructor(readonly trouble: PictureTrouble) {
    super(trouble);
  }
}

/** The server's limit for one picture, in bytes. */
export const MOST_BYTES = 10 * 1024 * 1024;
const LONG_SIDES = [4096, 3072, 2560];

/** A file's picture as it can be sent: untouched if possible, else turned into a JPEG. */
export async function fromFile(file: Blob): Promise<Blob> {
  if (file.size === 0) throw new PictureError('empty');
  const kind = kindOf(new Uint8Array(await bytesOf(file.slice(0, 16))));
  // The bytes are copied: a file of a cloud drive may be gone when it is its turn to travel.
  if (kind && file.size <= MOST_BYTES) return new Blob([await bytesOf(file)], { type: kind });
  return redraw(file);
}

async function bytesOf(file: Blob): Promise<ArrayBuffer> {
  try {
    return await file.arrayBuffer();
  } catch {
    throw new PictureError('unreadable');
  }
}

/** Media type by the first bytes, for the four kinds the server takes; null for others. */
export function kindOf(head: Uint8Array): string | null {
  const text = String.fromCharCode(...head);
  if (text.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png';
  if (text.startsWith('RIFF') && text.slice(8, 12) === 'WEBP') return 'image/webp';
  if (text.startsWith('II*\0') || text.startsWith('MM\0*')) return 'image/tiff';
  return null;
}

/** Too large, or of a kind only this browser knows (HEIC on Apple's): decode and draw anew. */
async function redraw(file: Blob): Promise<Blob> {
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(file);
  } catch {
    throw new PictureError('not_an_image');
  }
  try {
    for (const longest of LONG_SIDES) {
      const jpeg = await toJpeg(bitmap, bitmap.width, bitmap.height, longest);
      if (jpeg.size <= MOST_BYTES) return jpeg;
    }
  } finally {
    bitmap.close();
  }
  throw new PictureError('not_an_image');
}
