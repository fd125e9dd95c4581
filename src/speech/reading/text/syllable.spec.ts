import { isSyllable } from './syllable.js';

const words = (text: string): string[] => text.split(/\s+/);

it('knows the syllables of Vietnamese, tones wherever they are written', () => {
  const good = words(
    `người nghiêng nghề ngành ghế gì gìn giếng giữa già quý quốc quyền quỳnh quét khuya khuỷu thuở thuyền tuyết uống ươm yêu
     yến ý ở ạ hòa hoà thủy thuỷ loa loáng xoong boong ngoằn ngoèo khoẻ nguệch ngoạc huỳnh hươu rượu chuối đường ưu phường
     ủy tỉnh xã thôn bắc hà đại nài thạch quý linh mười lăm hai nghìn trăm đồng xuyệt sập bích kính truyền thanh quăng khuếch`,
  );
  expect(good.filter((word) => !isSyllable(word))).toEqual([]);
});

it('knows what Vietnamese spelling cannot be', () => {
  const bad = words(
    `bluezone zalo facebook fanpage email wifi karaoke video clip covid top hot test ubnd tp kan gen nghan ngi ce kua cap hoc
     hỏc bảt jack fan will strong bộộ đàá ò́ giii quu phướơng`,
  );
  expect(bad.filter(isSyllable)).toEqual([]);
});
