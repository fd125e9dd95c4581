/** The content of a slot: a finished clip; another station's stream; an announcer who reads an approved text. */
export const slotKinds = ['clip', 'relay', 'live'] as const;

export type SlotKind = (typeof slotKinds)[number];

export const slotKindNames: Record<SlotKind, string> = {
  clip: 'bản thu',
  relay: 'tiếp sóng',
  live: 'phát trực tiếp',
};

/** Its role in the session: an item, or one of the bookends, opening and closing. */
export const slotRoles = ['item', 'opening', 'closing'] as const;

export type SlotRole = (typeof slotRoles)[number];
