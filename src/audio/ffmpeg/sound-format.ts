import type { InputFormat } from './ffmpeg.adapter.js';

/**
 * Format of an uploaded file by its first bytes, whatever its name; undefined for anything that is not accepted (pages,
 * playlists, scripts, pictures, other video containers). ffmpeg gets this format and may use no other.
 */
export function soundFormatOf(head: Uint8Array): InputFormat | undefined {
  const text = Buffer.from(head.subarray(0, 16)).toString('latin1');
  if (text.startsWith('RIFF') && text.startsWith('WAVE', 8)) return 'wav';
  if (text.startsWith('fLaC')) return 'flac';
  if (text.startsWith('OggS')) return 'ogg';
  if (text.startsWith('ftyp', 4)) return 'mov';
  if (text.startsWith('\x1a\x45\xdf\xa3')) return 'matroska';
  const isFrame = head[0] === 0xff && ((head[1] ?? 0) & 0xe6) === 0xe2;
  return text.startsWith('ID3') || isFrame ? 'mp3' : undefined;
}
