import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { dayFiles, zipOf } from './day-zip.js';
import type { PlaylistDocument, PlaylistItem } from './playlist-document.js';

const A = 'a'.repeat(64);
const B = 'b'.repeat(64);
const item = (localTime: string, title: string, sha256: string): PlaylistItem => ({
  kind: 'clip',
  role: 'item',
  start: { rule: 'wait', seconds: 60 },
  slotId: localTime,
  startsAt: '',
  localTime,
  endsAt: '',
  durationMs: 83_400,
  title,
  campaign: 'Đợt\ncuối',
  sha256,
  bytes: 3,
  url: '',
});
const day: PlaylistDocument = {
  channel: { code: 'bac-ha', name: 'Truyền thanh phường Bắc Hà' },
  date: '2026-11-24',
  zone: 'Asia/Ho_Chi_Minh',
  version: 2,
  permitted: [],
  items: [
    item('05:30:00', 'Diệt bọ gậy: 15 phút', A),
    item('06:00:00', 'Diệt bọ gậy: 15 phút', B),
    item('17:00:00', 'Diệt bọ gậy: 15 phút', A),
  ],
};

describe('the archive of a day', () => {
  it('has each clip once under a plain name, and a list that finds it there', () => {
    const files = dayFiles(day);
    expect(files.map(({ name }) => name)).toEqual([
      'bac-ha-2026-11-24.m3u8',
      'lich-phat.txt',
      'diet-bo-gay-15-phut-aaaaaa.mp3',
      'diet-bo-gay-15-phut-bbbbbb.mp3',
    ]);
    const [list, sheet] = files;
    expect(list && 'text' in list && list.text.split('\n').filter((line) => line && !line.startsWith('#'))).toEqual([
      'diet-bo-gay-15-phut-aaaaaa.mp3',
      'diet-bo-gay-15-phut-bbbbbb.mp3',
      'diet-bo-gay-15-phut-aaaaaa.mp3',
    ]);
    expect(sheet && 'text' in sheet && sheet.text).toContain('1\t05:30:00\t1:23\tDiệt bọ gậy: 15 phút\t');
  });

  it('a title that tries to be a path or a comment is a name', () => {
    const names = dayFiles({
      ...day,
      items: [item('05:30:00', '../../etc/passwd\n#EXTINF', A), item('06:00:00', '＃＃', B)],
    });
    expect(names.slice(2).map(({ name }) => name)).toEqual(['etc-passwd-extinf-aaaaaa.mp3', 'ban-thu-bbbbbb.mp3']);
  });

  it('is opened by a program that is not ours', async () => {
    const parts: Buffer[] = [];
    const zip = zipOf(dayFiles(day), new Date(0), (sha256) => Promise.resolve(Readable.from([Buffer.from(sha256)])));
    for await (const part of zip) parts.push(part as Buffer);
    const folder = mkdtempSync(join(tmpdir(), 'loa-zip-'));
    const file = join(folder, 'day.zip');
    writeFileSync(file, Buffer.concat(parts));
    const list =
      'import sys,zipfile; z=zipfile.ZipFile(sys.argv[1]); print(z.testzip(), z.read(z.namelist()[2]).decode())';
    const python = spawnSync('python3', ['-c', list, file], { encoding: 'utf8' });
    rmSync(folder, { recursive: true });
    // Without Python, the signature of a ZIP must do.
    if (python.error) expect(Buffer.concat(parts).readUInt32LE(0)).toBe(0x04034b50);
    else expect(python.stdout.trim()).toBe(`None ${A}`);
  });

  it('a clip that has gone ends the download', async () => {
    const zip = zipOf(dayFiles(day), new Date(0), () => Promise.reject(new Error('gone')));
    const all = async () => {
      for await (const _part of zip);
    };
    await expect(all()).rejects.toThrow('gone');
  });
});
