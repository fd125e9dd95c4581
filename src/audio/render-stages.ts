import type { VoiceChain } from '../speech/voices/voice-chain.js';
import type { Pcm } from '../speech/voices/wav.js';
import type { Transcoder } from './ffmpeg.adapter.js';
import type { MadeCache } from './made-cache.js';
import type { MediaStore } from './media-store.js';
import type { Chime } from './mix-plan.js';

export type RenderStage = 'voices' | 'mix' | 'master' | 'encode' | 'check' | 'done';

export type Progress = (stage: RenderStage, percent: number) => void;

/** What a screen says of each. */
export const stageNames: Readonly<Record<RenderStage, string>> = {
  voices: 'Đang đọc từng câu',
  mix: 'Đang ghép tiếng và nhạc hiệu',
  master: 'Đang chỉnh âm lượng',
  encode: 'Đang ghi tệp mp3',
  check: 'Đang đo lại tệp đã ghi',
  done: 'Xong',
};

/** A correction goes back a stage; the bar does not. */
export function progressOf(tell: Progress | undefined): Progress {
  let highest = 0;
  return (stage, percent) => {
    highest = Math.max(highest, Math.round(percent));
    tell?.(stage, highest);
  };
}

/** Everything outside the process that a clip is made with; `makeStudio` puts it together. */
export interface Studio {
  readonly voices: VoiceChain;
  readonly transcoder: Transcoder;
  readonly store: MediaStore;
  readonly chimes: Readonly<Record<Chime, Pcm>>;
  /** What was made before; see `MadeCache`. */
  readonly made: MadeCache;
}
