import { writeFile } from 'node:fs/promises';
import { estimateSeconds } from '../sentences.js';
import type { SpeakRequest, VoiceEngine } from './voice.port.js';
import { encodeWav } from '../sound/wav.js';

/** A voice that hums each sentence for its estimated length. It records what it read; `misbehave` makes it fail. */
export class FakeVoice implements VoiceEngine {
  readonly edition = '1';
  readonly spoken: SpeakRequest[] = [];
  /** Called before each sentence; may throw, wait, or return a factor by which the answer is too long. */
  misbehave: (request: SpeakRequest) => void | number | Promise<void | number> = () => undefined;

  constructor(
    readonly name = 'fake',
    private readonly hertz = 220,
  ) {}

  async speak(request: SpeakRequest): Promise<void> {
    request.signal?.throwIfAborted();
    this.spoken.push(request);
    const stretch = (await this.misbehave(request)) ?? 1;
    const rate = 22_050;
    const samples = new Int16Array(Math.round(estimateSeconds(request.text, request.rate) * stretch * rate));
    const { hertz } = this;
    const { abs, round, sin, PI } = Math;
    // Syllables of a quarter of a second: a steady tone would have no crest, and no loudness range, at all.
    for (let i = 0; i < samples.length; i++) {
      const t = i / rate;
      const syllable = 0.15 + 0.85 * abs(sin(PI * 4 * t)) ** 2;
      const voice = sin(2 * PI * hertz * t) + 0.5 * sin(6 * PI * hertz * t);
      samples[i] = round(6_000 * syllable * voice);
    }
    await writeFile(request.outFile, encodeWav({ rate, samples }));
  }
}
