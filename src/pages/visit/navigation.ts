import { type Actor, hasRole } from '../../people/access/actor.js';
import type { Role } from '../../people/access/role.js';
import { translate } from '../language/language.js';

interface Place {
  href: string;
  label: string;
  /** A symbol of `static/icons.svg`. */
  icon: string;
  group: Group;
  roles: Role[];
}

const groups = ['Việc hằng ngày', 'Theo dõi', 'Quản trị'] as const;
type Group = (typeof groups)[number];

export interface MenuItem {
  href: string;
  label: string;
  icon: string;
  active: boolean;
  /** How much waits there; not set when nothing does. */
  count?: number;
}
export interface MenuGroup {
  label: string;
  items: MenuItem[];
}

/** The screens in the order of the work, with the roles that see each in the menu. */
const places: Place[] = [
  { href: '/hom-nay', label: 'Hôm nay', icon: 'clock', group: 'Việc hằng ngày', roles: ['operator'] },
  { href: '/ban-bien-tap', label: 'Bàn biên tập', icon: 'desk', group: 'Việc hằng ngày', roles: ['editor'] },
  { href: '/duyet', label: 'Chờ duyệt', icon: 'check', group: 'Việc hằng ngày', roles: ['approver'] },
  {
    href: '/cong-van',
    label: 'Công văn',
    icon: 'letter',
    group: 'Việc hằng ngày',
    roles: ['editor', 'approver', 'official', 'admin'],
  },
  {
    href: '/bai',
    label: 'Bài tuyên truyền',
    icon: 'pen',
    group: 'Việc hằng ngày',
    roles: ['editor', 'approver', 'official', 'page-admin', 'admin'],
  },
  {
    href: '/lich',
    label: 'Lịch phát',
    icon: 'calendar',
    group: 'Việc hằng ngày',
    roles: ['editor', 'approver', 'operator', 'official', 'admin'],
  },
  { href: '/bai-dang', label: 'Fanpage', icon: 'share', group: 'Việc hằng ngày', roles: ['page-admin', 'editor'] },
  {
    href: '/tien-do',
    label: 'Tiến độ',
    icon: 'progress',
    group: 'Theo dõi',
    roles: ['official', 'approver', 'editor', 'operator', 'admin'],
  },
  {
    href: '/bao-cao',
    label: 'Báo cáo',
    icon: 'chart',
    group: 'Theo dõi',
    roles: ['official', 'editor', 'approver', 'admin'],
  },
  { href: '/tram', label: 'Trạm', icon: 'tower', group: 'Quản trị', roles: ['admin'] },
  { href: '/nguoi-dung', label: 'Người dùng', icon: 'people', group: 'Quản trị', roles: ['admin'] },
  { href: '/cho-xac-nhan', label: 'Chờ xác nhận', icon: 'check', group: 'Quản trị', roles: ['approver', 'admin'] },
  { href: '/don-vi', label: 'Đơn vị', icon: 'building', group: 'Quản trị', roles: ['admin'] },
  { href: '/kenh', label: 'Kênh', icon: 'share', group: 'Quản trị', roles: ['admin'] },
  { href: '/mau-bai', label: 'Mẫu bài', icon: 'letter', group: 'Quản trị', roles: ['admin'] },
  { href: '/giong-doc', label: 'Giọng đọc', icon: 'mic', group: 'Quản trị', roles: ['admin'] },
  { href: '/khung-gio', label: 'Khung giờ', icon: 'clock', group: 'Quản trị', roles: ['editor', 'admin'] },
  { href: '/tu-dien', label: 'Từ điển đọc', icon: 'book', group: 'Quản trị', roles: ['editor', 'operator', 'admin'] },
  { href: '/nhat-ky', label: 'Nhật ký thao tác', icon: 'book', group: 'Quản trị', roles: ['admin'] },
  { href: '/cai-dat', label: 'Cài đặt', icon: 'gear', group: 'Quản trị', roles: ['admin'] },
];

/** The labels of the menu, for the spec that checks their English. */
export const menuWords: readonly string[] = [...groups, ...places.map(({ label }) => label)];

export function navigation(actor: Actor, path: string): (MenuItem & { group: Group })[] {
  return places
    .filter((place) => hasRole(actor, ...place.roles))
    .map(({ href, label, icon, group }) => ({
      href,
      label: translate(label),
      icon,
      group,
      active: path === href || path.startsWith(`${href}/`),
    }));
}

/** The menu in groups; a menu of one group has no headings. */
export function menu(actor: Actor, path: string): MenuGroup[] {
  const items = navigation(actor, path);
  const used = groups.filter((group) => items.some((item) => item.group === group));
  return used.map((group) => ({
    label: used.length > 1 ? translate(group) : '',
    items: items.filter((item) => item.group === group),
  }));
}

/** The menu with the number of things that wait at one of its places. */
export function withCount(groups: readonly MenuGroup[], href: string, count: number): MenuGroup[] {
  if (count === 0) return [...groups];
  return groups.map((group) => ({
    ...group,
    items: group.items.map((item) => (item.href === href ? { ...item, count } : item)),
  }));
}

/** The screen after signing in, by the actor's first role in this list. */
export function homeOf(actor: Actor): string {
  const first: [Role, string][] = [
    ['operator', '/hom-nay'],
    ['approver', '/duyet'],
    ['editor', '/ban-bien-tap'],
    ['page-admin', '/bai-dang'],
    ['official', '/tien-do'],
    ['admin', '/nguoi-dung'],
  ];
  return first.find(([role]) => hasRole(actor, role))?.[1] ?? '/khong-co-viec';
}
