import { VoiceError, voiceFailures } from './voice.port.js';

describe('why a voice did not read', () => {
  it.each(voiceFailures)('%s has a sentence of its own in both languages, with what is known of it', (reason) => {
    const { sentence, code, kind } = new VoiceError('google', reason, { vi: 'chi tiết', en: 'detail' });
    expect([kind, code]).toEqual(['unavailable', `voice-${reason}`]);
    expect(sentence.vi).toMatch(/^Giọng đọc google .*\p{Ll}.{8,} \(chi tiết\)\.$/u);
    expect(sentence.vi).toMatch(/[ạảãàáâậầấẩẫăắằặẳẵóòọõỏôộổỗồốơờớợởỡéèẻẹẽêếềệểễúùụủũưựữửừứíìịỉĩýỳỷỵỹđ]/u);
    expect(sentence.en).toMatch(/^The voice google [ -~]{8,} \(detail\)\.$/);
    const others = voiceFailures
      .filter((one) => one !== reason)
      .map((one) => new VoiceError('google', one).sentence.vi);
    expect(others).not.toContain(new VoiceError('google', reason).sentence.vi);
  });
});
