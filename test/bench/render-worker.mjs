/**
 * The product in a process of its own, so that its memory and its children can be measured: text → reading → clip. One
 * request a message, {text, profile}; one answer, {seconds, ms, asked, …}. The media folder is the argument.
 */
import process from 'node:process';
import { Config } from '../../dist/config/config.js';
import { SystemClock } from '../../dist/shared/clock.js';
import { locateTools } from '../../dist/audio/ffmpeg/ffmpeg-copies.js';
import { renderClip } from '../../dist/audio/render/render-clip.js';
import { makeToolchain } from '../../dist/audio/render/toolchain.js';
import { readBuiltInLexicon } from '../../dist/speech/reading/lexicon/lexicon-files.js';
import { prepare } from '../../dist/speech/reading/read.js';
import { defaultReadingSettings } from '../../dist/speech/reading/text/reading.js';

const config = new Config({ ...process.env, LOA_MEDIA_DIR: process.argv[2] });
const tools = await locateTools(config.tools);
const toolchain = await makeToolchain(config, tools, new SystemClock());
const reader = prepare([await readBuiltInLexicon()], defaultReadingSettings);
let asked = 0;
const read = toolchain.voices.read.bind(toolchain.voices);
toolchain.voices.read = (paragraphs, options) => {
  asked += paragraphs.flat().length;
  return read(paragraphs, options);
};

process.on('message', async ({ text, profile }) => {
  asked = 0;
  const start = performance.now();
  try {
    const { spoken } = reader.read(text);
    const chimes = { opening: true, closing: true };
    const clip = await renderClip(toolchain, { text: spoken, profile, rate: 160, chimes, repeat: false });
    const ms = performance.now() - start;
    const { file, seconds, integratedLufs, truePeakDbtp } = clip;
    process.send({ ms, file, seconds, integratedLufs, truePeakDbtp, asked, ffmpeg: tools.ffmpeg.path });
  } catch (error) {
    process.send({ error: String(error) });
  }
});
process.send({ ready: true });
