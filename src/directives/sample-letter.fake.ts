import type { ChannelKind } from '../shared/channel-kind.js';
import { readLetter } from './letter-reader.js';

/**
 * Letters of many kinds, written adversarially. Each has, one line per point, the expected units and demands: 'n. units
 * | channel min..max from..until due'.
 */
const short: Record<ChannelKind, string> = {
  'city-loudspeaker': 'city',
  'ward-loudspeaker': 'ward',
  fanpage: 'page',
  website: 'web',
  leaflet: 'leaflet',
};

export function orders(text: string, partial = false): string[] {
  const { directive, obligations } = readLetter(text, { partial });
  return directive.assignments.map((a) => {
    const asked = obligations
      .filter((o) => o.assignment === a.n)
      .map((o) => {
        const times =
          o.minPlaysPerDay === null && o.maxPlaysPerDay === null
            ? ''
            : ` ${o.minPlaysPerDay ?? ''}..${o.maxPlaysPerDay ?? ''}`;
        const days =
          o.from === null && o.until === null ? '' : ` ${o.from?.slice(2) ?? ''}..${o.until?.slice(2) ?? ''}`;
        return `${short[o.channelKind]}${times}${days}${o.reportDue === null ? '' : ` !${o.reportDue.slice(2)}`}`;
      });
    return `${a.n}. ${a.addressees.join(' + ')} | ${asked.join(', ')}`;
  });
}

/** A head in one column; `body` follows Kính gửi. */
export const letter = (
  body: string,
  { number = '12/UBND-VHTT', date = 'ngày 20 tháng 11 năm 2026', to = 'UBND các phường, xã.' } = {},
) =>
  `ỦY BAN NHÂN DÂN\nTHÀNH PHỐ HÀ TĨNH\nSố: ${number}\nV/v tuyên truyền\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nHà Tĩnh, ${date}\n\nKính gửi: ${to}\n\n${body}\n\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n`;
