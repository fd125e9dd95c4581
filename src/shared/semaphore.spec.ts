import { Semaphore } from './semaphore.js';

describe('few at once', () => {
  it('never more than allowed, in the order of asking, and a failure gives its place back', async () => {
    const few = new Semaphore(2);
    const begun: number[] = [];
    let working = 0;
    let most = 0;
    const one = (n: number) =>
      few.run(async () => {
        begun.push(n);
        most = Math.max(most, ++working);
        await new Promise(setImmediate);
        working--;
        if (n % 3 === 0) throw new Error(`${n}`);
        return n;
      });
    const ended = await Promise.allSettled([0, 1, 2, 3, 4, 5, 6].map(one));
    expect(ended.map(({ status }) => status)).toEqual(
      [0, 1, 2, 3, 4, 5, 6].map((n) => (n % 3 === 0 ? 'rejected' : 'fulfilled')),
    );
    expect([begun, most]).toEqual([[0, 1, 2, 3, 4, 5, 6], 2]);
    expect(await few.run(() => Promise.resolve('again'))).toBe('again');
  });
});
