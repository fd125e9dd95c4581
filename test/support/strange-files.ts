import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';

/** Files of every kind that people and attackers upload, made by the ffmpeg of this machine. */
export class StrangeFiles {
  private readonly folder = mkdtempSync(join(tmpdir(), 'loa-strange-'));

  constructor(private readonly ffmpeg: string) {}

  /** Speech-like: a hum in syllables. */
  sound(name: string, seconds: number, options: string[] = []): Buffer {
    const hum = `aevalsrc=0.4*sin(2*PI*190*t)*(0.2+0.8*abs(sin(6*t)))+0.1*sin(2*PI*950*t):s=44100:d=${seconds}`;
    return this.make(name, ['-f', 'lavfi', '-i', hum, ...options]);
  }

  silence(name: string, seconds: number): Buffer {
    return this.make(name, ['-f', 'lavfi', '-i', 'anullsrc=r=8000:cl=mono', '-t', `${seconds}`]);
  }

  video(name: string, options = ['-c:v', 'mpeg4']): Buffer {
    const moving = ['-f', 'lavfi', '-i', 'testsrc=s=64x48:r=5:d=2', '-f', 'lavfi', '-i', 'sine=d=2'];
    return this.make(name, [...moving, ...options, '-shortest']);
  }

  /** Music with a picture, as people have it. */
  withCover(name: string): Buffer {
    const inputs = ['-f', 'lavfi', '-i', 'sine=d=3', '-f', 'lavfi', '-i', 'testsrc=s=320x320:d=0.04:r=25'];
    const picture = [
      '-map',
      '0',
      '-map',
      '1',
      '-c:v',
      'mjpeg',
      '-pix_fmt',
      'yuvj420p',
      '-disposition:v',
      'attached_pic',
    ];
    return this.make(name, [...inputs, ...picture]);
  }

  /** An mp3 with a cover of 50,000 by 50,000 pixels: 7 GB when a program decodes it. */
  hugeCover(): Buffer {
    const head = Buffer.alloc(13);
    head.writeUInt32BE(50_000, 0);
    head.writeUInt32BE(50_000, 4);
    head.set([8, 2], 8);
    const magic = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
    const png = Buffer.concat([
      magic,
      chunk('IHDR', head),
      chunk('IDAT', deflateSync(Buffer.alloc(20_000_000))),
      chunk('IEND'),
    ]);
    const body = Buffer.concat([Buffer.from('\0image/png\0\x03\0', 'latin1'), png]);
    const frame = Buffer.alloc(10);
    frame.write('APIC', 0, 'latin1');
    frame.writeUInt32BE(body.length, 4);
    const size = body.length + 10;
    const tag = Buffer.from([0x49, 0x44, 0x33, 3, 0, 0, ...[21, 14, 7, 0].map((bits) => (size >> bits) & 0x7f)]);
    return Buffer.concat([tag, frame, body, this.sound('cover.mp3', 3)]);
  }

  close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private make(name: string, args: string[]): Buffer {
    const file = join(this.folder, name);
    execFileSync(this.ffmpeg, ['-v', 'error', '-nostdin', '-y', ...args, file]);
    return readFileSync(file);
  }
}

function chunk(kind: string, data = Buffer.alloc(0)): Buffer {
  const bytes = Buffer.alloc(12 + data.length);
  bytes.writeUInt32BE(data.length, 0);
  bytes.write(kind, 4, 'latin1');
  data.copy(bytes, 8);
  bytes.writeUInt32BE(crc(bytes.subarray(4, 8 + data.length)), 8 + data.length);
  return bytes;
}

function crc(bytes: Uint8Array): number {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  return ~sum >>> 0;
}
