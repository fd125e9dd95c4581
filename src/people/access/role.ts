/**
 * Roles and their rights: product.md, People. An operator's grant names one unit; the others hold for the whole city.
 */
export const roles = ['editor', 'approver', 'operator', 'page-admin', 'official', 'admin'] as const;
export type Role = (typeof roles)[number];

export const roleNames: Record<Role, string> = {
  editor: 'Biên tập viên',
  approver: 'Lãnh đạo duyệt',
  operator: 'Trực đài',
  'page-admin': 'Quản trị fanpage',
  official: 'Cán bộ VHTT',
  admin: 'Quản trị hệ thống',
};
