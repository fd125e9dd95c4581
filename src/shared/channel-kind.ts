/** Where content goes out (product.md). `leaflet` is the printed hand-out for a door-to-door round. */
export const channelKinds = ['city-loudspeaker', 'ward-loudspeaker', 'fanpage', 'website', 'leaflet'] as const;
export type ChannelKind = (typeof channelKinds)[number];

export const channelKindNames: Record<ChannelKind, string> = {
  'city-loudspeaker': 'Truyền thanh thành phố',
  'ward-loudspeaker': 'Truyền thanh cơ sở',
  fanpage: 'Trang Fanpage',
  website: 'Trang thông tin điện tử',
  leaflet: 'Tờ tuyên truyền tại nhà',
};

export function isLoudspeaker(kind: ChannelKind): boolean {
  return kind === 'city-loudspeaker' || kind === 'ward-loudspeaker';
}
