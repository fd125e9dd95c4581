import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { activeDbfs } from '../../speech/voices/sound/sound.js';
import { wavSeconds } from '../../speech/voices/sound/wav.js';
import { chimeFile, loadChimes, synthesiseChime } from './chimes.js';
import { chimesFolder } from '../render/toolchain.js';

describe.each(['opening', 'closing'] as const)('the %s chime', (chime) => {
  const file = join(chimesFolder, `${chime}.wav`);

  it('is the file in media/chimes', async () => {
    if (process.env.LOA_WRITE_CHIMES === '1') await writeFile(file, chimeFile(chime));
    expect((await readFile(file)).equals(chimeFile(chime))).toBe(true);
    expect((await stat(file)).size).toBeLessThan(300_000);
  });

  it('starts and ends without a click, and leaves the limiter room', () => {
    const { samples } = synthesiseChime(chime);
    expect([samples[0], Math.abs(samples.at(-1)!) <= 1]).toEqual([0, true]);
    const highest = samples.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0);
    expect(20 * Math.log10(highest / 32_768)).toBeCloseTo(-9, 1);
    expect(activeDbfs(synthesiseChime(chime))).toBeGreaterThan(-30);
  });
});

describe('chimes of a place', () => {
  it('are read from its folder, and a wrong file is named', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'loa-chimes-'));
    await writeFile(join(folder, 'opening.wav'), chimeFile('closing'));
    await writeFile(join(folder, 'closing.wav'), 'ID3 not a WAV');
    await expect(loadChimes(folder)).rejects.toMatchObject({
      code: 'bad-chime',
      details: { file: join(folder, 'closing.wav') },
    });
    await writeFile(join(folder, 'closing.wav'), chimeFile('opening'));
    const { opening, closing } = await loadChimes(folder);
    expect([wavSeconds(opening), wavSeconds(closing)]).toEqual([2.6, 3]);
    await rm(folder, { recursive: true, force: true });
  });
});
