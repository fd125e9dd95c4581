/** The people of the browser's town, and its date. Each size of screen has people, a ward and a letter of its own. */
export const ADMIN = { username: 'quan.tri', name: 'Quản Trị', password: 'người giữ chìa khóa kho thóc' };
export const PASSWORD = 'mật khẩu chung của buổi thử';
/** The town's clock begins on this morning, a Tuesday; nothing depends on the hour at which the check runs. */
export const FIRST_DAY = '2026-11-24';
const HANOI = '+07:00';

export const DESK = { width: 1440, height: 900 };
export const PHONE = { width: 390, height: 844 };

/** Moments of the town: `at(1, '06:45')` is the second morning. */
export const at = (days, time) => Date.parse(`${day(days)}T${time}:00${HANOI}`);

/** A day of the town as addresses and fields write it. */
export function day(days) {
  return new Date(Date.parse(`${FIRST_DAY}T12:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

export const stories = [
  {
    size: DESK,
    ward: { name: 'Phường Bắc Hà', code: 'phuong-bac-ha', channel: 'truyen-thanh-phuong-bac-ha' },
    neighbour: 'truyen-thanh-phuong-nam-ha',
    number: '2614',
    template: 'general.loudspeaker',
    word: 'VNeID',
    movesOn: 2,
  },
  {
    size: PHONE,
    ward: { name: 'Phường Nam Hà', code: 'phuong-nam-ha', channel: 'truyen-thanh-phuong-nam-ha' },
    neighbour: 'truyen-thanh-phuong-bac-ha',
    number: '2615',
    template: 'water-cut.loudspeaker',
    word: 'QR2026',
    movesOn: 3,
  },
];

const roles = [
  { key: 'editor', username: 'bien.tap', name: 'Nguyễn Thị Biên', role: 'Biên tập viên' },
  { key: 'approver', username: 'lanh.dao', name: 'Trần Văn Duyệt', role: 'Lãnh đạo duyệt' },
  { key: 'operator', username: 'truc.dai', name: 'Lê Thị Trực', role: 'Trực đài', ofWard: true },
  { key: 'pageAdmin', username: 'fanpage', name: 'Hồ Thị Trang', role: 'Quản trị fanpage' },
  { key: 'official', username: 'van.hoa', name: 'Đặng Văn Hóa', role: 'Cán bộ VHTT' },
];

/** The people of one story: `{ key, username, password, name, role, unit }`. */
export function castOf({ size, ward }) {
  return roles.map(({ ofWard, ...one }) => ({
    ...one,
    username: `${one.username}.${size.width}`,
    name: `${one.name} ${size.width}`,
    password: PASSWORD,
    unit: ofWard ? ward.name : undefined,
  }));
}
