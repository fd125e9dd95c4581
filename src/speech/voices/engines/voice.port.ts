import { DomainError, type Sentence } from '../../../shared/domain-error.js';

/** A request to read one sentence. */
export interface SpeakRequest {
  /** Spoken form, one sentence; never interpreted as an option, markup or phonemes. */
  readonly text: string;
  /** A voice name of the engine: 'vi', 'vi-vn-x-central', 'vi-vn-x-south'. */
  readonly voice: string;
  /** Words per minute. */
  readonly rate: number;
  /** Destination of a mono 16-bit PCM WAV. Absent or incomplete when `speak` rejects. */
  readonly outFile: string;
  readonly signal?: AbortSignal;
}

/** A speech engine. */
export interface VoiceEngine {
  readonly name: string;
  /** Changes whenever the same sentence may sound different; part of the cache key. */
  readonly edition: string;
  /** Words per minute of an engine that ignores `rate`. */
  readonly fixedRate?: number;
  /** Rejects with VoiceError when the engine fails, with the signal's reason when it was aborted. */
  speak(request: SpeakRequest): Promise<void>;
  /** Ends warm child processes. */
  close?(): void;
}

/** Decodes an engine's answer (an mp3, for example) into a mono 16-bit PCM WAV; ffmpeg in production. */
export interface SoundDecoder {
  toWav(input: string, outFile: string, signal?: AbortSignal): Promise<void>;
}

export type VoiceFailure =
  | 'missing' // not installed
  | 'timeout'
  | 'busy' // 429 or 5xx, also after the retries
  | 'refused' // any status other than 200
  | 'network'
  | 'not-audio' // an HTML page, an empty body, half a file
  | 'too-large'
  | 'silent'
  | 'wrong-length'
  | 'crashed'
  | 'resting'; // failed for the sentences before, so skipped for the rest of this clip

const sentences: Record<VoiceFailure, Sentence> = {
  missing: { vi: 'chưa được cài trên máy này', en: 'is not installed on this machine' },
  timeout: { vi: 'không trả lời kịp', en: 'did not answer in time' },
  busy: { vi: 'đang quá tải, đã thử lại nhiều lần', en: 'is overloaded, several tries were refused' },
  refused: { vi: 'từ chối đọc', en: 'refused to read' },
  network: { vi: 'không kết nối được', en: 'cannot be reached' },
  'not-audio': { vi: 'trả về thứ không phải âm thanh', en: 'answered with something that is not sound' },
  'too-large': { vi: 'trả về tệp quá lớn', en: 'answered with too large a file' },
  silent: { vi: 'trả về âm thanh câm', en: 'answered with silence' },
  'wrong-length': { vi: 'trả về âm thanh dài ngắn bất thường', en: 'answered with a sound of an implausible length' },
  crashed: { vi: 'bị lỗi khi đọc', en: 'failed while reading' },
  resting: { vi: 'vừa hỏng ở các câu trước nên tạm nghỉ', en: 'failed for the sentences before and is resting' },
};

export const voiceFailures = Object.keys(sentences) as VoiceFailure[];

/** The failure of one engine for one sentence. `reason` is stable, for programs; the sentence is for people. */
export class VoiceError extends DomainError {
  constructor(
    readonly engine: string,
    readonly reason: VoiceFailure,
    readonly detail: string | Sentence = '',
    options?: ErrorOptions,
  ) {
    const said = sentences[reason];
    const details = typeof detail === 'string' ? { vi: detail, en: detail } : detail;
    const tail = (text: string) => (text ? ` (${text})` : '');
    super(
      'unavailable',
      `voice-${reason}`,
      {
        vi: `Giọng đọc ${engine} ${said.vi}${tail(details.vi)}.`,
        en: `The voice ${engine} ${said.en}${tail(details.en)}.`,
      },
      { engine, reason },
      options,
    );
    this.name = 'VoiceError';
  }
}
