import { FixedClock } from '../../shared/clock.js';
import { Metrics } from './metrics.js';

describe('the numbers', () => {
  it('leave out what throws or does not answer, and ask it no second time meanwhile', async () => {
    const clock = new FixedClock(0);
    const metrics = new Metrics(clock);
    metrics.patienceMs = 20;
    let asked = 0;
    metrics.gauge('loa_fine', 'Works.', ['of'], async () => [{ labels: { of: 'a' }, value: 7 }]);
    metrics.gauge('loa_broken', 'Throws.', ['of'], () => Promise.reject(new Error('no')));
    metrics.gauge('loa_stuck', 'Never answers.', ['of'], () => {
      asked++;
      return new Promise(() => undefined);
    });
    for (let n = 0; n < 2; n++) {
      const text = await metrics.document();
      expect(text).toContain('\nloa_fine{of="a"} 7\n');
      expect(text).not.toMatch(/^loa_(broken|stuck)/m);
      clock.advance(5_000);
    }
    expect(asked).toBe(1);
  });

  it('forget a state that has gone', async () => {
    const clock = new FixedClock(0);
    const metrics = new Metrics(clock);
    let word = 'ok';
    metrics.gauge('loa_part', 'A part.', ['word'], async () => [{ labels: { word }, value: 1 }]);
    expect(await metrics.document()).toContain('loa_part{word="ok"} 1');
    word = 'low';
    clock.advance(5_000);
    const text = await metrics.document();
    expect(text).toContain('loa_part{word="low"} 1');
    expect(text).not.toContain('word="ok"');
  });
});
