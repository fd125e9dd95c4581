export interface ImageFacts {
  kind: 'image/png' | 'image/jpeg';
  width: number;
  height: number;
}

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Start of frame (SOF): all markers of the range except DHT (C4), JPG (C8) and DAC (CC). */
const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

/**
 * Determines the type of an image by its own bytes, not by its name or the browser's word. PNG and JPEG only, which
 * every page accepts and no browser executes; null for everything else, and for an image that ends before its size.
 */
export function imageFacts(bytes: Buffer): ImageFacts | null {
  if (bytes.length >= 24 && bytes.subarray(0, 8).equals(PNG)) return pngFacts(bytes);
  if (bytes.length >= 4 && bytes[0] === 0xff && bytes[1] === 0xd8) return jpegFacts(bytes);
  return null;
}

/** The first chunk is IHDR: width and height in its first eight bytes (ISO/IEC 15948, 11.2.2). */
function pngFacts(bytes: Buffer): ImageFacts | null {
  if (bytes.toString('latin1', 12, 16) !== 'IHDR') return null;
  return sized('image/png', bytes.readUInt32BE(16), bytes.readUInt32BE(20));
}

/** Segments up to the first frame (ISO/IEC 10918-1, B.1 and B.2.2). */
function jpegFacts(bytes: Buffer): ImageFacts | null {
  let at = 2;
  while (at + 9 <= bytes.length) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at++; // a marker may be padded with FF
      continue;
    }
    if (isFrame(marker)) return sized('image/jpeg', bytes.readUInt16BE(at + 7), bytes.readUInt16BE(at + 5));
    // Data, or the end of the image, before a frame.
    if (marker === 0xda || marker === 0xd9) return null;
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  return null;
}

function sized(kind: ImageFacts['kind'], width: number, height: number): ImageFacts | null {
  return width > 0 && height > 0 ? { kind, width, height } : null;
}
