import { bundledTools, locateTools } from '../../src/audio/ffmpeg/ffmpeg-copies.js';
import { Config } from '../../src/config/config.js';

/** One ffmpeg of this machine, and the settings under which an installation takes recordings with it. */
export interface FfmpegCopy {
  readonly what: string;
  readonly path: string;
  readonly env: Record<string, string>;
}

/**
 * Every ffmpeg that must handle recordings: a current one where this machine has one, and the bundled one of 2018, for
 * places that trust it. Without any, the tests that use them fail.
 */
export async function ffmpegCopies(): Promise<FfmpegCopy[]> {
  const own = (await locateTools(new Config().tools)).ffmpeg;
  const bundled = (await bundledTools()).ffmpeg;
  const copies: FfmpegCopy[] = [];
  if (own && own.refused.length === 0) copies.push({ what: 'a current ffmpeg', path: own.path, env: {} });
  if (bundled) {
    const env = { LOA_FFMPEG: bundled.path, LOA_TRUST_OLD_FFMPEG: 'true' };
    copies.push({ what: 'the bundled ffmpeg, trusted', path: bundled.path, env });
  }
  if (copies.length === 0) throw new Error('no ffmpeg here: run "npm install", or install a current one');
  return copies;
}
