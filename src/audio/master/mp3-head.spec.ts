import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { Config } from '../../config/config.js';
import { shapeOfMp3 } from '../../speech/voices/sound/mp3-frames.js';
import { locateTools } from '../ffmpeg/ffmpeg-copies.js';
import { mp3Head } from './mp3-head.js';

/** A silent frame: MPEG 1 layer III, 44,100 Hz, 96 kbit/s, mono. */
const frame = Buffer.alloc(313);
frame.set([0xff, 0xfb, 0x70, 0xc4]);
const sound = Buffer.concat(Array.from({ length: 100 }, () => frame));
const label = { title: 'Phòng dịch: “5K”, tổ 1', office: 'Trung tâm Văn hóa – Truyền thông' };
const fileOf = (more?: typeof label) =>
  Buffer.concat([mp3Head(frame, { frames: 100, bytes: sound.length }, more), sound]);

describe('the head of a clip', () => {
  it('is an Info frame with the number of frames and bytes, like the frames that follow', () => {
    const file = fileOf();
    const at = file.indexOf('Info');
    expect([file.readUInt32BE(at + 4), file.readUInt32BE(at + 8), file.readUInt32BE(at + 12)]).toEqual([
      7,
      100,
      file.length,
    ]);
    expect(file.subarray(0, 2)).toEqual(frame.subarray(0, 2));
    expect(shapeOfMp3(file)).toMatchObject({ frames: 101, whole: true });
    expect(file.toString('latin1')).not.toMatch(/LAME|Lav/);
  });

  it('names the title and the office in an ID3 tag', () => {
    const file = fileOf(label);
    expect(file.subarray(0, 5).toString('latin1')).toBe('ID3\u0003\u0000');
    const text = file.subarray(0, 400).toString('utf16le') + file.subarray(1, 401).toString('utf16le');
    for (const words of Object.values(label)) expect(text).toContain(words);
    expect(shapeOfMp3(file)).toMatchObject({ frames: 101, whole: true });
  });

  it('is read by ffprobe: exact length, title and office', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'loa-head-'));
    const path = join(folder, 'clip.mp3');
    writeFileSync(path, fileOf(label));
    // The system's or the bundled one: without any the test fails.
    const ffprobe = (await locateTools(new Config().tools)).ffprobe?.path ?? 'ffprobe';
    const probe = spawnSync(ffprobe, ['-v', 'error', '-show_format', '-of', 'json', path], { encoding: 'utf8' });
    rmSync(folder, { recursive: true });
    expect(probe.error).toBeUndefined();
    const { format } = JSON.parse(probe.stdout) as { format: { duration: string; tags: Record<string, string> } };
    expect(Number(format.duration)).toBeCloseTo((100 * 1152) / 44_100, 5);
    expect(format.tags).toEqual({ title: label.title, artist: label.office });
  });

  it('holds any text, and equal inputs give equal bytes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary', maxLength: 2000 }), (title, office) => {
        const file = fileOf({ title, office });
        expect(file.equals(fileOf({ title, office }))).toBe(true);
        expect(shapeOfMp3(file)).toMatchObject({ frames: 101, whole: true });
      }),
    );
  });
});
