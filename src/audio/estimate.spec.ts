import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Config } from '../config/config.js';
import { EspeakEngine } from '../speech/voices/espeak.adapter.js';
import { SentenceCache } from '../speech/voices/sentence-cache.js';
import { splitSpoken } from '../speech/voices/sentences.js';
import { VoiceChain } from '../speech/voices/voice-chain.js';
import { estimateClipSeconds } from './estimate.js';
import { locateTools } from './ffmpeg.locate.js';
import { planMix } from './mix-plan.js';

/** Announcements in spoken form. */
const scripts = [
  `Ủy ban nhân dân phường Bắc Hà thông báo: từ bảy giờ ba mươi phút đến mười một giờ ngày hai mươi lăm tháng mười một, Trạm Y tế
tổ chức tiêm chủng cho trẻ từ năm đến mười một tuổi tại nhà văn hóa tổ dân phố năm. Đề nghị phụ huynh mang theo sổ tiêm chủng.`,
  `Kính mời bà con đến nhà văn hóa. Xin cảm ơn.`,
  `Nhân dân trên địa bàn cần chủ động chằng chống nhà cửa, cắt tỉa cành cây, di dời tài sản và người già, trẻ em đến nơi an toàn.
Tàu thuyền không ra khơi. Mọi thông tin xin liên hệ số không hai ba chín, ba tám năm năm, một hai ba.
Trân trọng thông báo để bà con được biết và thực hiện.`,
  `Công an phường nhắc nhở các hộ không để xe dưới lòng đường, không đốt rác ở khu dân cư, và báo ngay khi thấy người lạ khả nghi.
Mức phạt từ một triệu đồng đến ba triệu đồng. Lực lượng chức năng sẽ kiểm tra từ thứ Hai tuần tới; rất mong bà con chấp hành.`,
].map((text) => text.replace(/\n(?=[a-zà-ỹ])/g, ' '));

describe('the estimate before rendering', () => {
  it.each([160, 200])('is within a tenth on real scripts at rate %d', async (rate) => {
    const { espeak } = await locateTools(new Config().tools);
    const folder = await mkdtemp(join(tmpdir(), 'loa-estimate-'));
    const engine = new EspeakEngine(espeak);
    const chain = new VoiceChain([{ engine, voice: 'vi' }], new SentenceCache(join(folder, 'cache')));
    try {
      for (const text of scripts) {
        const read = await chain.read(splitSpoken(text), { rate, workDir: folder });
        const sentences = read.map(({ seconds, paragraph }) => {
          return { frames: Math.round(seconds * 44_100), paragraph, mark: 1 };
        });
        const { seconds } = planMix({ sentences, chimes: { opening: 3 * 44_100, closing: 2.6 * 44_100 } });
        expect(Math.abs(estimateClipSeconds(text, rate) / seconds - 1)).toBeLessThan(0.1);
      }
    } finally {
      engine.close();
      await rm(folder, { recursive: true, force: true });
    }
  });
});
