import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Config } from '../../config/config.js';
import { render } from '../../scripts/templates/render.js';
import { loadTemplateFiles } from '../../scripts/templates/template-files.js';
import { readBuiltInLexicon } from '../../speech/reading/lexicon/lexicon-files.js';
import { prepare } from '../../speech/reading/read.js';
import { defaultReadingSettings } from '../../speech/reading/text/reading.js';
import { EspeakAdapter } from '../../speech/voices/engines/espeak.adapter.js';
import { SentenceCache } from '../../speech/voices/sentence-cache.js';
import { VoiceChain } from '../../speech/voices/voice-chain.js';
import { synthesiseChime } from './chimes.js';
import { estimateClipSeconds } from './estimate.js';
import { FfmpegAdapter } from '../ffmpeg/ffmpeg.adapter.js';
import { locateTools } from '../ffmpeg/ffmpeg-copies.js';
import { RenderCache } from '../store/render-cache.js';
import { DiskMediaStore } from '../store/disk-media-store.js';
import { renderClip } from '../render/render-clip.js';

const both = { opening: true, closing: true };
const templates = fileURLToPath(new URL('../../../scripts-content/templates', import.meta.url));

/** Announcements in spoken form, as wards write them. */
const written = () =>
  [
    `Ủy ban nhân dân phường Bắc Hà thông báo: từ bảy giờ ba mươi phút đến mười một giờ ngày hai mươi lăm tháng mười một, Trạm Y tế
tổ chức tiêm chủng cho trẻ từ năm đến mười một tuổi tại nhà văn hóa tổ dân phố năm. Đề nghị phụ huynh mang theo sổ tiêm chủng.`,
    `Kính mời bà con đến nhà văn hóa. Xin cảm ơn.`,
    `Công an phường nhắc nhở các hộ không để xe dưới lòng đường, không đốt rác ở khu dân cư, và báo ngay khi thấy người lạ khả nghi.
Mức phạt từ một triệu đồng đến ba triệu đồng. Lực lượng chức năng sẽ kiểm tra từ thứ Hai tuần tới; rất mong bà con chấp hành.`,
  ].map((text) => text.replace(/\n(?=[a-zà-ỹ])/g, ' '));

/** Every second bundled loudspeaker script, filled with its examples and normalised as the product does it. */
async function shipped(): Promise<string[]> {
  const reader = prepare([await readBuiltInLexicon()], defaultReadingSettings);
  const set = await loadTemplateFiles(templates);
  return [...set.templates.values()]
    .filter(({ code }) => code.endsWith('.loudspeaker'))
    .filter((_, n) => n % 2 === 0)
    .map((template) => {
      const examples = Object.fromEntries([...template.variables].map(([name, { example }]) => [name, example]));
      return reader.read(render(template, examples, set.partials).text).spoken;
    });
}

describe('the estimate before rendering is within a tenth of the finished file', () => {
  it.each([
    { rate: 160, repeat: true, of: shipped },
    { rate: 160, repeat: false, of: written },
    { rate: 200, repeat: true, of: written },
  ])(
    'on real scripts at rate $rate, read twice: $repeat',
    async ({ rate, repeat, of }) => {
      const tools = await locateTools(new Config().tools);
      const folder = await mkdtemp(join(tmpdir(), 'loa-estimate-'));
      const engine = new EspeakAdapter(tools.espeak);
      const toolchain = {
        voices: new VoiceChain([{ engine, voice: 'vi' }], new SentenceCache(join(folder, 'cache'))),
        transcoder: new FfmpegAdapter(tools.ffmpeg),
        store: new DiskMediaStore(folder),
        chimes: { opening: synthesiseChime('opening'), closing: synthesiseChime('closing') },
        made: new RenderCache(join(folder, 'made')),
      };
      const scripts = await of();
      expect(scripts.length).toBeGreaterThanOrEqual(3);
      try {
        for (const text of scripts) {
          const { seconds } = await renderClip(toolchain, { text, profile: 'horn', rate, repeat, chimes: both });
          const estimate = estimateClipSeconds(text, { rate, repeat });
          expect(Math.abs(estimate / seconds - 1)).toBeLessThan(0.1);
        }
      } finally {
        engine.close();
        await rm(folder, { recursive: true, force: true });
      }
    },
    180_000,
  );
});

it('knows which chimes sound, and that nothing said is nothing', () => {
  const text = 'Kính mời bà con.';
  const without = estimateClipSeconds(text, { chimes: { opening: false, closing: false } });
  const opening = estimateClipSeconds(text, { chimes: { opening: true, closing: false } });
  expect(opening - without).toBeCloseTo(3.5, 1);
  expect(estimateClipSeconds(text) - opening).toBeCloseTo(3.1, 1);
  expect(estimateClipSeconds(' \n')).toBe(0);
});
