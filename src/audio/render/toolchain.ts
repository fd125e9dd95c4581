import { join } from 'node:path';
import { projectRoot, type Config } from '../../config/config.js';
import type { Clock } from '../../shared/clock.js';
import { VoiceRegistry } from '../../speech/voices/voice-registry.js';
import { loadChimes } from '../mix/chimes.js';
import { FfmpegAdapter } from '../ffmpeg/ffmpeg.adapter.js';
import type { Tools } from '../ffmpeg/ffmpeg-copies.js';
import { RenderCache } from '../store/render-cache.js';
import { DiskMediaStore } from '../store/disk-media-store.js';
import type { AudioToolchain } from '../master/render-stages.js';

/** The bundled chimes. */
export const chimesFolder = join(projectRoot, 'media', 'chimes');

/** A toolchain, and the engines that a unit's own voice chain is built from. */
export interface EquippedToolchain extends AudioToolchain {
  readonly registry: VoiceRegistry;
}

/** The toolchain for these settings and tools; `voices` is the chain of the settings. */
export async function makeToolchain(config: Config, tools: Tools, clock: Clock): Promise<EquippedToolchain> {
  const transcoder = new FfmpegAdapter(tools.ffmpeg);
  transcoder.warmUp();
  const registry = new VoiceRegistry(config, tools.espeak, transcoder, clock);
  return {
    transcoder,
    registry,
    voices: registry.chain(config.voices.chain),
    store: new DiskMediaStore(config.mediaDir),
    chimes: await loadChimes(chimesFolder),
    made: renderCacheOf(config),
  };
}

/** The render cache in the media folder. */
export function renderCacheOf(config: Pick<Config, 'mediaDir'>): RenderCache {
  return new RenderCache(join(config.mediaDir, 'cache', 'made'));
}
