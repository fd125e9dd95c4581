import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Config } from './config.js';

describe('the environment', () => {
  it('has a default for everything', () => {
    const config = new Config({});
    expect(config.databaseUrl).toMatch(/^sqlite:.*data.loa\.sqlite$/);
    expect(config.timeZone).toBe('Asia/Ho_Chi_Minh');
    expect(config.voices.chain).toEqual(['espeak']);
  });

  it('an empty variable counts as not set', () => {
    expect(new Config({ LOA_PORT: '' }).port).toBe(3000);
  });

  it('names every wrong setting at once', () => {
    expect(() => new Config({ LOA_PORT: 'abc', LOA_TIME_ZONE: 'Asia/Hanoi2' })).toThrow(/LOA_PORT.*LOA_TIME_ZONE/s);
  });

  it('never repeats an address that may hold a password', () => {
    expect(() => new Config({ LOA_DATABASE_URL: 'mysql://loa:hunter2@db' })).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('hunter2') }),
    );
  });

  it('keys come from the environment or from a file that it names', () => {
    const folder = mkdtempSync(join(tmpdir(), 'loa-config-'));
    const file = join(folder, 'key');
    writeFileSync(file, 'khoa-trong-tep\n');
    expect(new Config({ LOA_FPT_KEY_FILE: file }).voices.fpt.key).toBe('khoa-trong-tep');
    expect(new Config({ LOA_FPT_KEY_FILE: file, LOA_FPT_KEY: 'khoa' }).voices.fpt.key).toBe('khoa');
    expect(new Config({}).voices.fpt.key).toBeUndefined();
    rmSync(folder, { recursive: true });
    expect(() => new Config({ LOA_FPT_KEY_FILE: file })).toThrow(file);
  });
});
