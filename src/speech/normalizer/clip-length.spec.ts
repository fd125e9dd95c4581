import { CLIP_MAX_SECONDS, lengthWarning } from './clip-length.js';

it('a clip is warned of from 45 minutes, and is too long only past 60', () => {
  expect([lengthWarning(45 * 60 - 1), lengthWarning(0)]).toEqual([null, null]);
  expect(lengthWarning(45 * 60)?.vi).toContain('Nên rút ngắn');
  expect(lengthWarning(CLIP_MAX_SECONDS)?.vi).toContain('Nên rút ngắn');
  expect(lengthWarning(CLIP_MAX_SECONDS + 1)?.vi).toContain('61 phút; bản thu dài nhất là 60 phút nên không dựng được');
});
