/** What a slot holds: a finished clip; another station's stream; an announcer who reads an approved text. */
export const slotKinds = ['clip', 'relay', 'live'] as const;

export type SlotKind = (typeof slotKinds)[number];

export const slotKindNames: Record<SlotKind, string> = {
  clip: 'bản thu',
  relay: 'tiếp sóng',
  live: 'phát trực tiếp',
};

/** What it is in its session: an item, or the opening or closing that the session is framed with. */
export const slotRoles = ['item', 'opening', 'closing'] as const;

export type SlotRole = (typeof slotRoles)[number];
