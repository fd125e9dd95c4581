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
});
