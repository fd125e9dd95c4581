/** The law's classes of bulletin (Thông tư 39/2020/TT-BTTTT). */
export const bulletinClasses = ['normal', 'priority', 'emergency'] as const;
export type BulletinClass = (typeof bulletinClasses)[number];

export const bulletinClassNames: Record<BulletinClass, string> = {
  normal: 'thông thường',
  priority: 'ưu tiên',
  emergency: 'khẩn cấp',
};
