import { decodeRecording, type RecordingToDecode } from './decode-recording.js';
import { ActivityMeter } from '../dsp/activity-meter.js';
import type { Transcoder } from '../ffmpeg/ffmpeg.adapter.js';
import { MIX_RATE } from '../mix/mix-plan.js';
import { soundOf } from '../store/pcm-file.js';
import { requireUsable } from './recording-refusals.js';

/**
 * Hears a file of a stranger through once, without keeping anything: whoever sends it is told at once what is wrong with it, and no
 * job begins that can only fail. Throws what `decodeRecording` throws, and `too-long`, `too-short`, `silent-recording` (invalid).
 */
export async function inspectRecording(transcoder: Transcoder, recording: RecordingToDecode): Promise<void> {
  const slices = new ActivityMeter(MIX_RATE);
  let rest: Buffer = Buffer.alloc(0);
  const take = (bytes: Buffer) => {
    const all = rest.length > 0 ? Buffer.concat([rest, bytes]) : bytes;
    const whole = all.length - (all.length % 2);
    // A copy: what is left over must outlive the buffer that the pipe will use again.
    rest = Buffer.from(all.subarray(whole));
    slices.push(soundOf(all.subarray(0, whole)));
  };
  await decodeRecording(transcoder, recording, { take });
  requireUsable({ seconds: slices.frames / MIX_RATE, activeShare: slices.activeShare() });
}
