import { decodeRecording, type RecordingToDecode } from './decode-recording.js';
import { ActivityMeter } from '../dsp/activity-meter.js';
import type { Transcoder } from '../ffmpeg/ffmpeg.adapter.js';
import { MIX_RATE } from '../mix/mix-plan.js';
import { soundOf } from '../store/pcm-file.js';
import { requireUsable } from './recording-refusals.js';

/**
 * Decodes an untrusted file once without keeping anything: the sender learns at once what is wrong with it, and no job
 * starts that can only fail. Throws the errors of `decodeRecording`, and `too-long`, `too-short`, `silent-recording`
 * (invalid).
 */
export async function inspectRecording(transcoder: Transcoder, recording: RecordingToDecode): Promise<void> {
  const slices = new ActivityMeter(MIX_RATE);
  let rest: Buffer = Buffer.alloc(0);
  const take = (bytes: Buffer) => {
    const all = rest.length > 0 ? Buffer.concat([rest, bytes]) : bytes;
    const whole = all.length - (all.length % 2);
    // A copy: the pipe reuses its buffer.
    rest = Buffer.from(all.subarray(whole));
    slices.push(soundOf(all.subarray(0, whole)));
  };
  await decodeRecording(transcoder, recording, { take });
  requireUsable({ seconds: slices.frames / MIX_RATE, activeShare: slices.activeShare() });
}
