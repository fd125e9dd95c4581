import { addressedTo, bodyEnd, recipientsIn } from './recipients.js';

describe('Nơi nhận', () => {
  it.each<[string, string, string[]]>([
    ['one a line', 'Nơi nhận:\n- Như trên;\n- Lưu: VT, VHTT.', ['Như trên', 'Lưu: VT, VHTT']],
    ['blank lines between', '\tNơi nhận: \n\n- Như trên;\n\n- Lưu: VT,VHTT.\n', ['Như trên', 'Lưu: VT,VHTT']],
    [
      'beside the signature',
      'Nơi nhận:\tTM. ỦY BAN NHÂN DÂN\n- Như trên;\tKT. CHỦ TỊCH\n- UBND tỉnh (b/c);\tPHÓ CHỦ TỊCH\n- Lưu: VT.\n\n\tNguyễn Huy Tuấn',
      ['Như trên', 'UBND tỉnh (b/c)', 'Lưu: VT'],
    ],
    [
      'the signature below',
      'Nơi nhận:\n- Như trên;\n- Các tổ dân phố;\n- Lưu VT.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nTrần Văn A',
      ['Như trên', 'Các tổ dân phố', 'Lưu VT'],
    ],
    ['one line', 'Nơi nhận: - Như trên; - TT Thành ủy (b/c); - Lưu: VT.', ['Như trên', 'TT Thành ủy (b/c)', 'Lưu: VT']],
    [
      'a long entry over two lines',
      'Nơi nhận:\n- Chủ tịch, các Phó Chủ tịch\nUBND thành phố;\n- Lưu: VT.',
      ['Chủ tịch, các Phó Chủ tịch UBND thành phố', 'Lưu: VT'],
    ],
    ['no bullets', 'Nơi nhận:\nNhư trên;\nPhòng VHTT;\nLưu: VT.', ['Như trên', 'Phòng VHTT', 'Lưu: VT']],
    ['an annex behind', 'Nơi nhận:\n- Như trên;\n- Lưu: VT.\n\nPHỤ LỤC\n- Danh sách;', ['Như trên', 'Lưu: VT']],
    ['none', 'Trân trọng./.', []],
  ])('%s', (_layout, text, expected) => {
    expect(recipientsIn(text, 0)).toEqual(expected);
  });

  it('ends the body, as the signature and the mark "./." do', () => {
    for (const [text, end] of [
      ['Thân.\nNơi nhận:\n- A', 6],
      ['Thân.\nTM. ỦY BAN NHÂN DÂN\n', 6],
      ['Thân./.\nPhụ lục', 8],
      ['Thân. Nơi nhận: - A', 5],
      ['Thân.\nCHỦ TỊCH\n', 6],
      ['Thân bài', 8],
    ] as const) {
      expect(bodyEnd(text, 0)).toBe(end);
    }
  });
});

describe('Kính gửi', () => {
  it.each<[string, string, string[], string]>([
    ['one line', 'Kính gửi: UBND các phường, xã.\nThực hiện', ['UBND các phường, xã'], 'Thực hiện'],
    [
      'a list',
      'Kính gửi:   \n\n  - Các phòng, ban;\n\n - UBND các phường, xã.\n\nThực hiện',
      ['Các phòng, ban', 'UBND các phường, xã'],
      'Thực hiện',
    ],
    [
      'lines without bullets',
      'Kính gửi:\nCác phòng, ban, đơn vị;\nUBND các phường, xã.\nĐể phòng dịch',
      ['Các phòng, ban, đơn vị', 'UBND các phường, xã'],
      'Để phòng dịch',
    ],
    [
      'no stop at the end',
      'Kính gửi: Phòng Văn hóa và Thông tin các huyện, TP, TX\nThực hiện chỉ đạo',
      ['Phòng Văn hóa và Thông tin các huyện, TP, TX'],
      'Thực hiện chỉ đạo',
    ],
    [
      'all in one line with the body',
      'Kính gửi: - Các phòng, ban; - UBND các phường, xã. Thực hiện Công văn',
      ['Các phòng, ban', 'UBND các phường, xã'],
      ' Thực hiện Công văn',
    ],
    [
      'a telegram',
      'CHỦ TỊCH ĐIỆN:\n- Chủ tịch UBND các xã;\n- Công an.\nDo bão',
      ['Chủ tịch UBND các xã', 'Công an'],
      'Do bão',
    ],
    [
      'a numbered list',
      'Kính gửi:\n1. Các phòng, ban thành phố;\n2. UBND các xã.\n\n1. UBND các xã: phát loa.',
      ['Các phòng, ban thành phố', 'UBND các xã'],
      '1. UBND các xã: phát loa.',
    ],
    [
      'an entry over two lines',
      'Kính gửi:\n- Các phòng, ban, ngành, đoàn thể,\nđơn vị trực thuộc;\n- UBND các xã.\n\n1. Tuyên truyền',
      ['Các phòng, ban, ngành, đoàn thể, đơn vị trực thuộc', 'UBND các xã'],
      '1. Tuyên truyền',
    ],
  ])('%s', (_layout, text, expected, rest) => {
    const { to, end } = addressedTo(text, 0);
    expect(to).toEqual(expected);
    expect(text.slice(end).replace(/^\n+/, '')).toBe(rest);
  });
});
