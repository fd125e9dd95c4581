/** Speech for the microphone of a browser: read aloud by the built program's own espeak-ng. */
import { join } from 'node:path';

const WORDS =
  'Kính thưa bà con nhân dân. Chiều nay phường phun thuốc diệt muỗi, xin bà con đậy kín thức ăn và nước uống. Xin cảm ơn bà con!';

/** Writes `speech.wav` into `folder`; returns its path. Throws when this machine has no espeak-ng. */
export async function speechFile(folder) {
  const { EspeakAdapter } = await import('../../dist/speech/voices/engines/espeak.adapter.js');
  const { locateEspeak } = await import('../../dist/speech/voices/engines/espeak-copies.js');
  const outFile = join(folder, 'speech.wav');
  const engine = new EspeakAdapter(await locateEspeak({ path: process.env.PATH ?? '' }));
  try {
    await engine.speak({ text: WORDS, voice: 'vi', rate: 150, outFile });
  } finally {
    engine.close();
  }
  return outFile;
}
