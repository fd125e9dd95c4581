export const postAdapterNames = ['manual', 'graph'] as const;
export type PostAdapterName = (typeof postAdapterNames)[number];
