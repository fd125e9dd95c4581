import { join } from 'node:path';
import { projectRoot, type Config } from '../config/config.js';
import type { Clock } from '../shared/clock.js';
import { makeVoiceChain } from '../speech/voices/voices.js';
import { loadChimes } from './chimes.js';
import { FfmpegAdapter } from './ffmpeg.adapter.js';
import type { Tools } from './ffmpeg.locate.js';
import { MadeCache } from './made-cache.js';
import { DiskMediaStore } from './media-store.js';
import type { Studio } from './render-clip.js';

/** The chimes that come with the program. */
export const chimesFolder = join(projectRoot, 'media', 'chimes');

/** What a machine with these settings and tools makes clips with. */
export async function makeStudio(config: Config, tools: Tools, clock: Clock): Promise<Studio> {
  const transcoder = new FfmpegAdapter(tools.ffmpeg);
  transcoder.warmUp();
  return {
    transcoder,
    voices: makeVoiceChain(config, tools.espeak, transcoder, clock),
    store: new DiskMediaStore(config.mediaDir),
    chimes: await loadChimes(chimesFolder),
    made: madeCacheOf(config),
  };
}

/** Where a house keeps what was made before. */
export function madeCacheOf(config: Pick<Config, 'mediaDir'>): MadeCache {
  return new MadeCache(join(config.mediaDir, 'cache', 'made'));
}
