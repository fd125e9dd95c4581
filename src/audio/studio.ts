import { join } from 'node:path';
import { projectRoot, type Config } from '../config/config.js';
import type { Clock } from '../shared/clock.js';
import { VoiceShelf } from '../speech/voices/voices.js';
import { loadChimes } from './chimes.js';
import { FfmpegAdapter } from './ffmpeg.adapter.js';
import type { Tools } from './ffmpeg.locate.js';
import { MadeCache } from './made-cache.js';
import { DiskMediaStore } from './media-store.js';
import type { Studio } from './render-stages.js';

/** The chimes that come with the program. */
export const chimesFolder = join(projectRoot, 'media', 'chimes');

/** A studio, and the engines from which a place's own chain of voices is put together. */
export interface EquippedStudio extends Studio {
  readonly shelf: VoiceShelf;
}

/** What a machine with these settings and tools makes clips with; `voices` is the chain that the settings name. */
export async function makeStudio(config: Config, tools: Tools, clock: Clock): Promise<EquippedStudio> {
  const transcoder = new FfmpegAdapter(tools.ffmpeg);
  transcoder.warmUp();
  const shelf = new VoiceShelf(config, tools.espeak, transcoder, clock);
  return {
    transcoder,
    shelf,
    voices: shelf.chain(config.voices.chain),
    store: new DiskMediaStore(config.mediaDir),
    chimes: await loadChimes(chimesFolder),
    made: madeCacheOf(config),
  };
}

/** Where a house keeps what was made before. */
export function madeCacheOf(config: Pick<Config, 'mediaDir'>): MadeCache {
  return new MadeCache(join(config.mediaDir, 'cache', 'made'));
}
