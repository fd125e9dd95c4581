import type { TimeZone } from '../../shared/local-time.js';
import type { Approval } from '../../approvals/approval.entity.js';
import { moment, translate } from '../language/language.js';

/** 'đã nghe hết lúc …' for a decision; '' for content without sound and for decisions from before this was stored. */
export function heardText({ heard, heardAt }: Pick<Approval, 'heard' | 'heardAt'>, zone: TimeZone): string {
  if (heard === null) return '';
  if (heard === 'unheard' || heardAt === null) return translate('chưa nghe hết bản thu');
  const at = moment(heardAt, zone);
  if (heard === 'player') return translate('đã nghe hết lúc {at}', { at });
  return translate('tự xác nhận đã nghe hết lúc {at}', { at });
}
