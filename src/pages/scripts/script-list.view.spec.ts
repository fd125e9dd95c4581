import { aClip, aScript, aVersion } from '../parts/script-facts.fake.js';
import { clipText, scriptRows } from './script-list.view.js';

describe('the list of scripts', () => {
  it('says of each what it is, where it stands and how long it sounds', () => {
    const scripts = [
      { script: aScript(), version: aVersion({ n: 3, state: 'submitted' }) },
      { script: aScript({ id: 's2', channelKind: 'fanpage', campaignId: 'gone' }), version: aVersion({ id: 'v9' }) },
    ];
    expect(scriptRows(scripts, [{ id: 'k', name: 'Đợt một' }], [aClip()])).toEqual([
      {
        id: 's',
        title: 'Bài',
        n: '3',
        campaign: 'Đợt một',
        channel: 'Truyền thanh cơ sở',
        state: 'Chờ duyệt',
        tone: 'warn',
        clip: '1:23',
      },
      expect.objectContaining({ id: 's2', campaign: '', channel: 'Trang Fanpage', state: 'Bản nháp', clip: '' }),
    ]);
  });

  it('what is being made comes before what is there, and a failure is told only when nothing is', () => {
    const waiting = aClip({ state: 'waiting', durationMs: null });
    const failed = aClip({ state: 'failed', durationMs: null });
    expect(clipText([])).toBe('');
    expect(clipText([failed])).toBe('chưa tạo được');
    expect(clipText([failed, aClip()])).toBe('1:23');
    expect(clipText([aClip(), aClip({ durationMs: 90_000 })])).toBe('1:30');
    expect(clipText([aClip(), waiting])).toBe('đang tạo');
  });
});
