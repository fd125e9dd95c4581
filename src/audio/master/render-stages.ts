import type { VoiceChain } from '../../speech/voices/voice-chain.js';
import type { Pcm } from '../../speech/voices/sound/wav.js';
import type { Transcoder } from '../ffmpeg/ffmpeg.adapter.js';
import type { RenderCache } from '../store/render-cache.js';
import type { MediaStore } from '../store/disk-media-store.js';
import type { Chime } from '../mix/mix-plan.js';

export type RenderStage = 'voices' | 'mix' | 'master' | 'encode' | 'check' | 'done';

export type RenderProgress = (stage: RenderStage, percent: number) => void;

/** Name of each stage on the screen. */
export const renderStageNames: Readonly<Record<RenderStage, string>> = {
  voices: 'Đang đọc từng câu',
  mix: 'Đang ghép tiếng và nhạc hiệu',
  master: 'Đang chỉnh âm lượng',
  encode: 'Đang ghi tệp mp3',
  check: 'Đang đo lại tệp đã ghi',
  done: 'Xong',
};

/** Keeps the progress bar from moving back when a correction repeats a stage. */
export function stageProgress(tell: RenderProgress | undefined): RenderProgress {
  let highest = 0;
  return (stage, percent) => {
    highest = Math.max(highest, Math.round(percent));
    tell?.(stage, highest);
  };
}

/** Everything outside the process that a clip needs; `makeToolchain` builds it. */
export interface AudioToolchain {
  readonly voices: VoiceChain;
  readonly transcoder: Transcoder;
  readonly store: MediaStore;
  readonly chimes: Readonly<Record<Chime, Pcm>>;
  /** Cache of earlier results; see `RenderCache`. */
  readonly made: RenderCache;
}
