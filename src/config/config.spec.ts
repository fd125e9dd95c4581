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

  it('an address is one of the web and nothing more', () => {
    const names = ['LOA_PUBLIC_URL', 'LOA_GRAPH_URL', 'LOA_FPT_URL', 'LOA_GOOGLE_TTS_URL'];
    const wrong = [
      'javascript:alert(1)',
      'JavaScript://loa.example/%0aalert(1)',
      'data:text/html,x',
      'file:///etc/passwd',
      'ftp://loa.example',
      'loa.example',
      'https://ten:matkhau@loa.example',
      'https://loa.example/?x=1',
      'https://loa.example/#x',
    ];
    for (const name of names) {
      for (const value of wrong) expect(() => new Config({ [name]: value })).toThrow(name);
      expect(() => new Config({ [name]: 'https://loa.example/duong' })).not.toThrow();
    }
    expect(() => new Config({ LOA_PUBLIC_URL: 'javascript:alert(1)' })).toThrow(
      expect.objectContaining({
        sentence: {
          vi: expect.stringMatching(/^Thiết đặt sai: LOA_PUBLIC_URL: phải là địa chỉ[^\n]*$/),
          en: expect.stringMatching(/^Wrong settings: LOA_PUBLIC_URL: must be an address[^\n]*$/),
        },
      }),
    );
  });

  it('a token of metrics that could be guessed is refused, and not said back', () => {
    expect(() => new Config({ LOA_METRICS_TOKEN: '0123456789abcdef' })).not.toThrow();
    const short = () => new Config({ LOA_METRICS_TOKEN: '0123456789abcde' });
    expect(short).toThrow('LOA_METRICS_TOKEN');
    expect(short).not.toThrow('0123456789abcde');
  });

  it('keys come from the environment or from a file that it names', () => {
    const folder = mkdtempSync(join(tmpdir(), 'loa-config-'));
    const file = join(folder, 'key');
    writeFileSync(file, 'khoa-trong-tep-1\n');
    expect(new Config({ LOA_FPT_KEY_FILE: file }).voices.fpt.key).toBe('khoa-trong-tep-1');
    expect(new Config({ LOA_FPT_KEY_FILE: file, LOA_FPT_KEY: 'khoa' }).voices.fpt.key).toBe('khoa');
    expect(new Config({}).voices.fpt.key).toBeUndefined();
    const metrics = { LOA_METRICS_TOKEN_FILE: file };
    expect([new Config(metrics).metricsToken, new Config(metrics).secretFiles]).toEqual(['khoa-trong-tep-1', [file]]);
    expect(new Config({}).metricsToken).toBeUndefined();
    rmSync(folder, { recursive: true });
    expect(() => new Config({ LOA_FPT_KEY_FILE: file })).toThrow(file);
  });
});
