import { join } from 'node:path';
import type { Config } from '../../config/config.js';
import type { Clock } from '../../shared/clock.js';
import { DomainError } from '../../shared/domain-error.js';
import { EspeakEngine } from './espeak.adapter.js';
import type { Tool } from './find-tool.js';
import { FptEngine } from './fpt.adapter.js';
import { GoogleEngine } from './google.adapter.js';
import { SentenceCache } from './sentence-cache.js';
import { SherpaEngine } from './sherpa.adapter.js';
import { VoiceChain, type ChainLink } from './voice-chain.js';
import type { SoundDecoder, VoiceEngine } from './voice.port.js';

/**
 * The chain that the settings name: LOA_VOICES is a list of 'espeak', 'google', 'fpt', 'sherpa', each with '/<voice>' when another
 * than the usual is wanted, in the order in which they are asked. An engine that is not in the list is not even looked for. `override` puts one voice in front (a script or a place may choose another espeak voice).
 */
export function makeVoiceChain(
  config: Pick<Config, 'voices' | 'mediaDir'>,
  espeak: Tool | undefined,
  decoder: SoundDecoder,
  clock: Clock,
  override?: string,
): VoiceChain {
  const { chain, espeakVoice, googleUrl, fpt, sherpaDir } = config.voices;
  const engines: Record<string, () => { engine: VoiceEngine; usual: string }> = {
    espeak: () => ({ engine: new EspeakEngine(espeak), usual: espeakVoice }),
    google: () => ({ engine: new GoogleEngine({ host: googleUrl, decoder, clock }), usual: 'vi' }),
    fpt: () => ({ engine: new FptEngine({ url: fpt.url, key: fpt.key, decoder, clock }), usual: fpt.voice }),
    sherpa: () => ({ engine: new SherpaEngine(sherpaDir), usual: '0' }),
  };
  const made = new Map<string, { engine: VoiceEngine; usual: string }>();
  const names = override ? [override, ...chain.filter((name) => name !== override)] : chain;
  const links = names.map((name): ChainLink => {
    const [kind = '', voice] = name.split('/', 2);
    const make = Object.hasOwn(engines, kind) ? engines[kind] : undefined;
    if (!make) throw unknownVoice(name, Object.keys(engines));
    const { engine, usual } = made.get(kind) ?? make();
    made.set(kind, { engine, usual });
    return { engine, voice: voice ?? usual };
  });
  return new VoiceChain(links, sentenceCacheOf(config));
}

/** Where a house keeps the sentences that were read. */
export function sentenceCacheOf(config: Pick<Config, 'mediaDir'>): SentenceCache {
  return new SentenceCache(join(config.mediaDir, 'cache', 'sentences'));
}

function unknownVoice(name: string, known: readonly string[]): DomainError {
  return new DomainError('invalid', 'unknown-voice', {
    vi: `Không có giọng đọc "${name}". Các giọng có sẵn: ${known.join(', ')}.`,
    en: `There is no voice "${name}". Known voices: ${known.join(', ')}.`,
  });
}
