import { join } from 'node:path';
import type { Config } from '../../config/config.js';
import type { Clock } from '../../shared/clock.js';
import { DomainError } from '../../shared/domain-error.js';
import { EspeakEngine } from './espeak.adapter.js';
import type { Tool } from './find-tool.js';
import { GoogleEngine } from './google.adapter.js';
import { SentenceCache } from './sentence-cache.js';
import { VoiceChain, type ChainLink } from './voice-chain.js';
import type { SoundDecoder } from './voice.port.js';

/**
 * The chain that the settings name: LOA_VOICES is a list of 'espeak', 'espeak/<voice>', 'google' in the order in which they
 * are asked. `override` puts one voice in front (a script or a place may choose another espeak voice).
 */
export function makeVoiceChain(
  config: Pick<Config, 'voices' | 'mediaDir'>,
  espeak: Tool | undefined,
  decoder: SoundDecoder,
  clock: Clock,
  override?: string,
): VoiceChain {
  const engines = {
    espeak: new EspeakEngine(espeak),
    google: new GoogleEngine({ host: config.voices.googleUrl, decoder, clock }),
  };
  const names = override ? [override, ...config.voices.chain.filter((name) => name !== override)] : config.voices.chain;
  const links = names.map((name): ChainLink => {
    const [engine, voice] = name.split('/', 2);
    if (engine === 'espeak') return { engine: engines.espeak, voice: voice ?? config.voices.espeakVoice };
    if (engine === 'google') return { engine: engines.google, voice: voice ?? 'vi' };
    throw new DomainError('invalid', 'unknown-voice', {
      vi: `Không có giọng đọc "${name}". Các giọng có sẵn: espeak, google.`,
      en: `There is no voice "${name}". Known voices: espeak, google.`,
    });
  });
  return new VoiceChain(links, sentenceCacheOf(config));
}

/** Where a house keeps the sentences that were read. */
export function sentenceCacheOf(config: Pick<Config, 'mediaDir'>): SentenceCache {
  return new SentenceCache(join(config.mediaDir, 'cache', 'sentences'));
}
