import type { Instant } from '../../shared/clock.js';
import { localClockOf, localDateOf, showDate, type TimeZone } from '../../shared/local-time.js';
import type { PostPause } from '../../posts/post-pause.entity.js';
import { moment, translate } from '../language/language.js';
import type { Tone } from '../language/words.js';

/** 'Bộ đăng bài chạy lúc 10:42:05', red when the poster's heartbeat is over two minutes old. */
export function heartbeatView(
  beat: { at: Instant; late: boolean } | null,
  now: Instant,
  zone: TimeZone,
): { sentence: string; advice: string; tone: Tone; late: boolean } {
  const advice = translate('Bài hẹn giờ sẽ không tự đăng. Báo quản trị hệ thống; bài gấp thì đăng bằng tay.');
  if (!beat) return { sentence: translate('Bộ đăng bài chưa chạy lần nào.'), advice, tone: 'bad', late: true };
  const day = localDateOf(beat.at, zone);
  const clock = localClockOf(beat.at, zone);
  const time = day === localDateOf(now, zone) ? clock : `${clock}, ${showDate(day)}`;
  if (!beat.late)
    return { sentence: translate('Bộ đăng bài chạy lúc {time}', { time }), advice: '', tone: 'good', late: false };
  return { sentence: translate('Bộ đăng bài ngừng từ {time}.', { time }), advice, tone: 'bad', late: true };
}

/** The pause switch of each fanpage. */
export function switches(
  channels: readonly { id: string; code: string; name: string }[],
  pauses: ReadonlyMap<string, PostPause>,
  nameOf: (id: string | null) => string,
  zone: TimeZone,
  mayAct: boolean,
  automatic: boolean,
) {
  return channels.map(({ id, code, name }) => {
    const pause = pauses.get(id);
    const paused = pause?.paused ?? false;
    return {
      code,
      name,
      paused,
      mayAct,
      ...switchState(paused, automatic),
      since: pause
        ? translate(paused ? 'Tạm dừng {when}, {who}' : 'Đăng tiếp từ {when}, {who}', {
            when: moment(pause.changedAt, zone),
            who: nameOf(pause.changedBy),
          })
        : '',
      reason: pause?.reason ?? '',
    };
  });
}

/** Without an access token for the page every post is manual, and the state says so. */
function switchState(paused: boolean, automatic: boolean): { state: string; tone: Tone } {
  if (paused) return { state: translate('Đang tạm dừng'), tone: 'warn' };
  return automatic
    ? { state: translate('Đang đăng theo giờ hẹn'), tone: 'good' }
    : { state: translate('Đăng bằng tay: đến giờ, bài chờ bạn đăng'), tone: '' };
}
