import type { TimeZone } from '../../shared/local-time.js';
import type { PassiveState } from '../../people/system/activation.service.js';
import { moment, translate } from '../language/language.js';

/** What an administrator reads before activating a passive copy of the installation. */
export function activationView({ since, backupAt, counts }: PassiveState, zone: TimeZone) {
  return {
    since:
      backupAt === null
        ? translate('Bản này ngừng hoạt động từ {at}.', { at: moment(since, zone) })
        : translate('Khôi phục {at}, từ bản sao lưu viết {backup}.', {
            at: moment(since, zone),
            backup: moment(backupAt, zone),
          }),
    lines: [
      translate('{n} bài đến hạn được tìm trên fanpage: có rồi thì ghi nhận, không có thì chờ người quyết định.', {
        n: counts.postsToLookUp,
      }),
      translate('{n} bài đăng tay đến hạn: xin người phụ trách xem đã đăng chưa.', { n: counts.postsByHand }),
      translate('{n} lượt phát đã qua chờ kết luận.', { n: counts.slotsToSettle }),
      translate('{n} danh sách phát (hôm nay và hai ngày tới) được gửi cho trạm.', { n: counts.playlistDays }),
    ],
  };
}
