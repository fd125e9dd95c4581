import type { SlotView } from './slot-view.js';

/** A planned clip, for specs that need a slot and say what matters in it. */
export function aSlotView(change: Partial<SlotView> = {}): SlotView {
  return {
    id: 'slot',
    version: 1,
    channelId: 'c',
    date: '2026-11-24',
    startsAt: 0,
    endsAt: 60_000,
    state: 'planned',
    reason: null,
    evidenceUntil: null,
    why: 'Theo nhiệm vụ',
    windowId: 'w',
    kind: 'clip',
    role: 'item',
    start: { rule: 'wait', seconds: 60 },
    title: 'Bài',
    campaignId: 'k',
    campaign: 'Đợt',
    bulletinClass: 'normal',
    obligationId: null,
    clipId: 'x',
    scriptVersionId: 'v',
    scriptUnitId: null,
    sha256: 'a'.repeat(64),
    bytes: 1,
    durationMs: 60_000,
    streamUrl: null,
    script: null,
    makeGoodFor: null,
    replacedBy: null,
    authorisedBy: null,
    held: false,
    ...change,
  };
}
