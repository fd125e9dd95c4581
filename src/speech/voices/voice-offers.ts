import type { Config } from '../../config/config.js';
import { DomainError, type Sentence } from '../../shared/domain-error.js';
import { espeakVoices } from './engines/espeak.adapter.js';
import type { Tool } from './tools/find-tool.js';
import { fptVoices } from './engines/fpt.adapter.js';
import { whySherpaCannot } from './engines/sherpa.adapter.js';
import { unknownVoice } from './voice-registry.js';

/** A voice that a chain may name. */
export interface VoiceOffer {
  /** The name in a chain, e.g. 'espeak/vi'. */
  name: string;
  engine: string;
  title: string;
  /** Sends the text to a service on the internet. */
  online: boolean;
  available: boolean;
  /** Why this machine cannot use it, and what to do; null when it can. */
  reason: Sentence | null;
}

const regions: Record<string, string> = {
  vi: 'miền Bắc',
  'vi-vn-x-central': 'miền Trung',
  'vi-vn-x-south': 'miền Nam',
};
const fptTitles: Record<string, string> = {
  banmai: 'Ban Mai, nữ miền Bắc',
  thuminh: 'Thu Minh, nữ miền Bắc',
  leminh: 'Lê Minh, nam miền Bắc',
  myan: 'Mỹ An, nữ miền Trung',
  giahuy: 'Gia Huy, nam miền Trung',
  lannhi: 'Lan Nhi, nữ miền Nam',
  linhsan: 'Linh San, nữ miền Nam',
};

/** Every known voice, and whether this machine can use it. Sends no network request. */
export function voiceOffers(config: Pick<Config, 'voices'>, espeak: Tool | undefined): VoiceOffer[] {
  const offer = (
    engine: string,
    voice: string,
    title: string,
    online: boolean,
    reason: Sentence | null,
  ): VoiceOffer => {
    return { name: `${engine}/${voice}`, engine, title, online, available: reason === null, reason };
  };
  const noEspeak: Sentence = {
    vi: 'Chưa cài espeak-ng trên máy này (ví dụ: apt install espeak-ng), hoặc LOA_ESPEAK chỉ sai chỗ.',
    en: 'espeak-ng is not installed on this machine (apt install espeak-ng, say), or LOA_ESPEAK names no program.',
  };
  const noKey: Sentence = {
    vi: 'Chưa có khóa của FPT.AI: đặt LOA_FPT_KEY hoặc LOA_FPT_KEY_FILE trên máy chủ.',
    en: 'There is no key of FPT.AI: set LOA_FPT_KEY or LOA_FPT_KEY_FILE on the server.',
  };
  const sherpa = whySherpaCannot(config.voices.sherpaDir);
  return [
    ...espeakVoices.map((voice) =>
      offer('espeak', voice, `espeak-ng trong máy, ${regions[voice] ?? voice}`, false, espeak ? null : noEspeak),
    ),
    offer('sherpa', '0', 'Giọng nơ-ron trong máy (sherpa-onnx)', false, sherpa ? sentenceOf(sherpa) : null),
    offer('google', 'vi', 'Google Dịch, qua mạng', true, null),
    ...fptVoices.map((voice) =>
      offer('fpt', voice, `FPT.AI qua mạng: ${fptTitles[voice] ?? voice}`, true, config.voices.fpt.key ? null : noKey),
    ),
  ];
}

/**
 * 'espeak' → 'espeak/vi', the default voice in the configuration. Throws `unknown-voice` (422) for a voice that is not
 * offered.
 */
export function fullVoiceName(config: Pick<Config, 'voices'>, offers: readonly VoiceOffer[], name: string): string {
  const usual: Record<string, string> = {
    espeak: config.voices.espeakVoice,
    google: 'vi',
    fpt: config.voices.fpt.voice,
    sherpa: '0',
  };
  const full = Object.hasOwn(usual, name) ? `${name}/${usual[name]}` : name;
  // A model may have many speakers; they are identified by number.
  if (/^sherpa\/\d{1,4}$/.test(full) || offers.some((offer) => offer.name === full)) return full;
  throw unknownVoice(
    name,
    offers.map((offer) => offer.name),
  );
}

function sentenceOf(detail: Sentence): Sentence {
  const whole = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
  return { vi: whole(detail.vi), en: whole(detail.en) };
}

/** Throws `bad-settings` when LOA_VOICES names an unknown voice. Does not check whether this machine can use it. */
export function requireKnownVoices(config: Pick<Config, 'voices'>): void {
  const offers = voiceOffers(config, undefined);
  try {
    for (const name of config.voices.chain) fullVoiceName(config, offers, name);
  } catch (cause) {
    if (!(cause instanceof DomainError)) throw cause;
    const { vi, en } = cause.sentence;
    throw new DomainError(
      'invalid',
      'bad-settings',
      { vi: `LOA_VOICES: ${vi}`, en: `LOA_VOICES: ${en}` },
      {},
      { cause },
    );
  }
}
