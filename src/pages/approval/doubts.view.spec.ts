import { UPLOADED } from '../../audio/store/upload-store.js';
import type { ReadingSpan } from '../../speech/reading/text/reading.js';
import { aClip } from '../parts/script-facts.fake.js';
import { doubtsIn } from './doubts.view.js';

const span = (source: string, spoken: string, change: Partial<ReadingSpan> = {}): ReadingSpan => {
  return { start: 0, end: source.length, source, spoken, rule: 'capitals', sure: false, ...change };
};
const clip = aClip({ spoken: 'Mã quy vê kép ghi ở phiếu, quy vê kép.' });

describe('what an approver is told to listen to', () => {
  it('is each guess of the reader, once', () => {
    const spans = [span('QW', 'quy vê kép'), span('ghi', 'ghi', { sure: true }), span('QW', 'quy vê kép')];
    expect(doubtsIn({ spans }, [clip])).toEqual([{ written: 'QW', spoken: 'quy vê kép' }]);
  });

  it('is nothing that a person decided, that the clip does not say, or that an announcer read', () => {
    const guess = span('QW', 'quy vê kép');
    expect(doubtsIn({ spans: [{ ...guess, decision: 'd' }] }, [clip])).toEqual([]);
    expect(doubtsIn({ spans: [span('XYZ', 'ích y dét')] }, [clip])).toEqual([]);
    expect(doubtsIn({ spans: [guess] }, [{ ...clip, engine: UPLOADED }])).toEqual([]);
  });
});
