/** The subject of a directive, as far as templates differ by it. 'general' fits any letter. */
export const subjectGroups = [
  'app-campaign',
  'vaccination-day',
  'dengue-prevention',
  'storm-warning',
  'water-cut',
  'general',
] as const;
export type SubjectGroup = (typeof subjectGroups)[number];

export const subjectGroupNames: Record<SubjectGroup, string> = {
  'app-campaign': 'Cài đặt ứng dụng',
  'vaccination-day': 'Ngày tiêm chủng',
  'dengue-prevention': 'Phòng, chống sốt xuất huyết',
  'storm-warning': 'Cảnh báo bão, mưa lũ',
  'water-cut': 'Tạm ngừng cấp nước',
  general: 'Thông báo chung',
};

interface SubjectWords {
  group: SubjectGroup;
  /** Lower-case phrases with diacritics: without them, "bão" would match "báo cáo" and "bảo đảm". */
  phrases: readonly string[];
  /** Phrases of a neighbouring subject, for which the group's wording would be wrong. */
  unless?: readonly string[];
}

const subjectWords: readonly SubjectWords[] = [
  {
    group: 'app-campaign',
    phrases: [
      'cài đặt ứng dụng',
      'cài đặt, sử dụng ứng dụng',
      'cài đặt và sử dụng ứng dụng',
      'tải ứng dụng',
      'ứng dụng di động',
      'kích hoạt tài khoản định danh',
      'tài khoản định danh điện tử',
      'bluezone',
      'vneid',
      'vssid',
    ],
  },
  {
    group: 'vaccination-day',
    phrases: [
      'tiêm chủng',
      'tiêm vắc xin',
      'tiêm vắc-xin',
      'tiêm vaccine',
      'tiêm vacxin',
      'uống vắc xin',
      'tiêm phòng sởi',
      'tiêm bổ sung',
    ],
    unless: ['gia súc', 'gia cầm', 'vật nuôi', 'chó, mèo', 'chó mèo', 'trâu, bò', 'trâu bò', 'đàn lợn'],
  },
  {
    group: 'dengue-prevention',
    phrases: ['sốt xuất huyết', 'diệt lăng quăng', 'diệt bọ gậy', 'diệt muỗi', 'muỗi vằn', 'bọ gậy', 'lăng quăng'],
  },
  {
    group: 'storm-warning',
    phrases: [
      'ứng phó bão',
      'ứng phó với bão',
      'ứng phó cơn bão',
      'ứng phó với cơn bão',
      'phòng, chống bão',
      'phòng chống bão',
      'bão số',
      'cơn bão',
      'siêu bão',
      'tin bão',
      'áp thấp nhiệt đới',
      'ứng phó mưa lũ',
      'ứng phó với mưa lũ',
      'ứng phó với mưa lớn',
    ],
    unless: ['khắc phục hậu quả', 'ủng hộ', 'quyên góp', 'cứu trợ'],
  },
  {
    group: 'water-cut',
    phrases: [
      'ngừng cấp nước',
      'ngưng cấp nước',
      'cắt nước',
      'cúp nước',
      'gián đoạn cấp nước',
      'ngừng cung cấp nước',
      'ngưng cung cấp nước',
    ],
  },
];

/** A letter may mention another subject once in passing; its own subject recurs in different words. */
const BODY_PHRASES_NEEDED = 2;

/**
 * The group of a letter: by its subject line (trích yếu) first; if that matches no group, by its body, which must use
 * two different phrases of the group. Ties go to the earlier group; no match is 'general'.
 */
export function pickSubject(subject: string, body = ''): SubjectGroup {
  return bestGroup(subject, 1) ?? bestGroup(body, BODY_PHRASES_NEEDED) ?? 'general';
}

function bestGroup(text: string, needed: number): SubjectGroup | undefined {
  const words = ` ${text.normalize('NFC').toLowerCase().replace(/\s+/g, ' ')} `;
  let best: { group: SubjectGroup; hits: number } | undefined;
  for (const { group, phrases, unless = [] } of subjectWords) {
    if (unless.some((phrase) => hasPhrase(words, phrase))) continue;
    const hits = phrases.filter((phrase) => hasPhrase(words, phrase)).length;
    if (hits >= needed && hits > (best?.hits ?? 0)) best = { group, hits };
  }
  return best?.group;
}

function hasPhrase(words: string, phrase: string): boolean {
  for (let at = words.indexOf(phrase); at >= 0; at = words.indexOf(phrase, at + 1)) {
    const before = words[at - 1] ?? ' ';
    const after = words[at + phrase.length] ?? ' ';
    if (!/[\p{L}\p{N}]/u.test(before) && !/[\p{L}\p{N}]/u.test(after)) return true;
  }
  return false;
}
