import type { ChannelKind } from '../../shared/channel-kind.js';
import type { DirectiveDraft, ObligationDraft } from '../../directives/reading/text/letter.js';

/** What `loa demo --json` prints. Paths are absolute and exist; durations in seconds, levels in LUFS and dBTP. */
export interface DemoResult {
  directive: DirectiveDraft & { id: string };
  obligations: ObligationDraft[];
  campaign: { id: string; name: string; from: string; until: string };
  channels: { total: number; byKind: Partial<Record<ChannelKind, number>> };
  scripts: {
    id: string;
    versionId: string;
    channelKind: ChannelKind;
    title: string;
    template: string | null;
    state: string;
    text: string;
    reading: string;
  }[];
  clips: {
    sha256: string;
    file: string;
    seconds: number;
    engine: string;
    profile: string;
    channelKind: ChannelKind;
    integratedLufs: number;
    truePeakDbtp: number;
  }[];
  slots: { planned: number; byKind: Partial<Record<ChannelKind, number>>; placedNow: number; shortfalls: string[] };
  playlists: { channel: string; date: string; items: number; json: string; m3u8: string; xspf: string }[];
  posts: { page: string; state: string; dueAt: string }[];
  asRun: { planned: number; played: number; missed: number };
  report: { csv: string };
  seconds: Record<string, number>;
}
