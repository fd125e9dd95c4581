import { type Actor, hasRole } from '../people/actor.js';
import type { Role } from '../people/role.js';

interface Place {
  href: string;
  label: string;
  roles: Role[];
}

/** The screens in the order of the work, and who sees each in the menu. The first one is a person's home. */
const places: Place[] = [
  { href: '/hom-nay', label: 'Hôm nay', roles: ['operator'] },
  { href: '/duyet', label: 'Chờ duyệt', roles: ['approver'] },
  { href: '/cong-van', label: 'Công văn', roles: ['editor', 'approver', 'official', 'admin'] },
  { href: '/bai', label: 'Bài tuyên truyền', roles: ['editor', 'approver', 'official', 'page-admin', 'admin'] },
  { href: '/lich', label: 'Lịch phát', roles: ['editor', 'approver', 'operator', 'official', 'admin'] },
  { href: '/bai-dang', label: 'Fanpage', roles: ['page-admin', 'editor'] },
  { href: '/bao-cao', label: 'Báo cáo', roles: ['official', 'editor', 'approver', 'admin'] },
  { href: '/tram', label: 'Trạm', roles: ['admin'] },
  { href: '/nguoi-dung', label: 'Người dùng', roles: ['admin'] },
];

export function navigation(actor: Actor, path: string): { href: string; label: string; active: boolean }[] {
  return places
    .filter((place) => hasRole(actor, ...place.roles))
    .map(({ href, label }) => ({ href, label, active: path === href || path.startsWith(`${href}/`) }));
}

/** The first screen of a person's day. */
export function homeOf(actor: Actor): string {
  const first: [Role, string][] = [
    ['operator', '/hom-nay'],
    ['approver', '/duyet'],
    ['editor', '/bai'],
    ['page-admin', '/bai-dang'],
    ['official', '/bao-cao'],
    ['admin', '/nguoi-dung'],
  ];
  return first.find(([role]) => hasRole(actor, role))?.[1] ?? '/khong-co-viec';
}
