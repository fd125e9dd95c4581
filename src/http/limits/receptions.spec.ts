import { DomainError } from '../../shared/domain-error.js';
import { FixedClock } from '../../shared/clock.js';
import { Config } from '../../config/config.js';
import { FreeSpace } from '../../database/disk/free-space.js';
import { Reserve } from '../../database/disk/reserve.js';
import { Receptions, RECEPTIONS_AT_ONCE, RECEPTIONS_PER_PERSON, URGENT_RECEPTIONS } from './receptions.js';

const receptionsOf = (reserveMb: number) => {
  const config = new Config({ LOA_RESERVE_MB: String(reserveMb) });
  return { folder: config.dataDir, receptions: new Receptions(new Reserve(config, new FreeSpace(new FixedClock(0)))) };
};
const code = (work: Promise<unknown>) =>
  work.then(
    () => 'taken',
    (error: unknown) => (error instanceof DomainError ? error.code : error),
  );

describe('files that come in', () => {
  /** A reception that lasts until it is told to end; resolves when it has begun. */
  function holder() {
    const { folder, receptions } = receptionsOf(0);
    const ends: (() => void)[] = [];
    const begun: Promise<unknown>[] = [];
    const hold = (accountId: string, urgent = false): Promise<string> =>
      new Promise((settle) => {
        const lasting = () => {
          settle('begun');
          return new Promise<void>((end) => ends.push(end));
        };
        const one = receptions.run({ accountId, folder, urgent }, lasting);
        begun.push(one.catch((error: unknown) => settle((error as DomainError).code)));
      });
    const end = () => ends.shift()?.();
    const endAll = async () => {
      ends.forEach((one) => one());
      await Promise.all(begun);
    };
    return { hold, end, endAll };
  }

  it('of one person are bounded, and an end makes room for another', async () => {
    const { hold, end, endAll } = holder();
    for (let n = 0; n < RECEPTIONS_PER_PERSON; n++) expect(await hold('a')).toBe('begun');
    expect([await hold('a'), await hold('b')]).toEqual(['too-many-receptions', 'begun']);
    expect([await hold('a', true), await hold('a', true)]).toEqual(['begun', 'too-many-receptions']);
    end();
    end();
    await Promise.resolve();
    await new Promise(setImmediate);
    expect([await hold('a'), await hold('a')]).toEqual(['begun', 'too-many-receptions']);
    await endAll();
  });

  it('of all together are bounded, with places of their own for emergencies', async () => {
    const { hold, endAll } = holder();
    for (let n = 0; n < RECEPTIONS_AT_ONCE; n++) expect(await hold(`người ${n}`)).toBe('begun');
    expect(await hold('thêm')).toBe('receptions-full');
    for (let n = 0; n < URGENT_RECEPTIONS.overall; n++) expect(await hold(`khẩn ${n}`, true)).toBe('begun');
    expect(await hold('thêm', true)).toBe('receptions-full');
    await endAll();
    expect(await hold('thêm')).toBe('begun');
    await endAll();
  });

  it('that would use the reserve are refused before anything is read, by what the sender says and by what comes', async () => {
    let read = 0;
    const work = () => Promise.resolve(void read++);
    const all = receptionsOf(9_000_000);
    expect(await code(all.receptions.run({ accountId: 'a', folder: all.folder }, work))).toBe('no-room');
    const some = receptionsOf(1);
    const announced = { accountId: 'a', folder: some.folder, announcedBytes: 1e15 };
    expect(await code(some.receptions.run(announced, work))).toBe('no-room');
    expect(read).toBe(0);
    const asked = { accountId: 'a', folder: some.folder };
    expect(await code(some.receptions.run(asked, ({ take }) => take(1e15)))).toBe('no-room');
    expect(await code(some.receptions.run(asked, ({ take }) => take(1_000)))).toBe('taken');
  });

  it('of one person share what that person has left', async () => {
    const { folder, receptions } = receptionsOf(0);
    const refusal = () => new DomainError('conflict', 'upload-quota', { vi: '', en: '' });
    const asked = { accountId: 'a', folder, allowance: { bytes: 100, refusal } };
    await receptions.run(asked, async (one) => {
      await one.take(60);
      expect(await code(receptions.run({ ...asked, announcedBytes: 41 }, () => Promise.resolve()))).toBe(
        'upload-quota',
      );
      expect(await code(receptions.run(asked, (other) => other.take(41)))).toBe('upload-quota');
      expect(await code(receptions.run({ ...asked, accountId: 'b' }, (other) => other.take(41)))).toBe('taken');
      await one.take(40);
      expect(await code(one.take(1))).toBe('upload-quota');
    });
  });
});
