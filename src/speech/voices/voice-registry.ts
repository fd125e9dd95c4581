import { join } from 'node:path';
import type { Config } from '../../config/config.js';
import type { Clock } from '../../shared/clock.js';
import { DomainError } from '../../shared/domain-error.js';
import { EspeakAdapter } from './engines/espeak.adapter.js';
import type { Tool } from './tools/find-tool.js';
import { FptAdapter } from './engines/fpt.adapter.js';
import { GoogleAdapter } from './engines/google.adapter.js';
import { SentenceCache } from './sentence-cache.js';
import { SherpaAdapter } from './engines/sherpa.adapter.js';
import { VoiceChain, type ChainLink } from './voice-chain.js';
import type { SoundDecoder, VoiceEngine } from './engines/voice.port.js';

type Made = { engine: VoiceEngine; usual: string };

/** The engines of this machine, each created once, and the chains built from them. */
export class VoiceRegistry {
  private readonly engines: Readonly<Record<string, () => Made>>;
  private readonly made = new Map<string, Made>();
  private readonly cache: SentenceCache;

  constructor(
    config: Pick<Config, 'voices' | 'mediaDir'>,
    espeak: Tool | undefined,
    decoder: SoundDecoder,
    clock: Clock,
  ) {
    const { espeakVoice, googleUrl, fpt, sherpaDir } = config.voices;
    this.engines = {
      espeak: () => ({ engine: new EspeakAdapter(espeak), usual: espeakVoice }),
      google: () => ({ engine: new GoogleAdapter({ host: googleUrl, decoder, clock }), usual: 'vi' }),
      fpt: () => ({ engine: new FptAdapter({ url: fpt.url, key: fpt.key, decoder, clock }), usual: fpt.voice }),
      sherpa: () => ({ engine: new SherpaAdapter(sherpaDir), usual: '0' }),
    };
    this.cache = sentenceCacheOf(config);
  }

  /**
   * `names`: 'espeak', 'google', 'fpt', 'sherpa', in the order in which they are tried, each with '/<voice>' for
   * another voice than the default. An engine that no chain names is not created. Throws `unknown-voice` (422).
   */
  chain(names: readonly string[]): VoiceChain {
    const links = names.map((name): ChainLink => {
      const [kind = '', voice] = name.split('/', 2);
      const make = Object.hasOwn(this.engines, kind) ? this.engines[kind] : undefined;
      if (!make) throw unknownVoice(name, Object.keys(this.engines));
      const { engine, usual } = this.made.get(kind) ?? make();
      this.made.set(kind, { engine, usual });
      return { engine, voice: voice ?? usual };
    });
    return new VoiceChain(links, this.cache);
  }

  close(): void {
    for (const { engine } of this.made.values()) engine.close?.();
  }
}

/** The cache of synthesised sentences in the media folder. */
export function sentenceCacheOf(config: Pick<Config, 'mediaDir'>): SentenceCache {
  return new SentenceCache(join(config.mediaDir, 'cache', 'sentences'));
}

export function unknownVoice(name: string, known: readonly string[]): DomainError {
  return new DomainError('invalid', 'unknown-voice', {
    vi: `Không có giọng đọc "${name}". Các giọng có sẵn: ${known.join(', ')}.`,
    en: `There is no voice "${name}". Known voices: ${known.join(', ')}.`,
  });
}
