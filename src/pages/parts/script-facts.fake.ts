import type { Clip } from '../../audio/clips/clip.entity.js';
import type { Campaign } from '../../campaigns/campaign.entity.js';
import type { Obligation } from '../../directives/obligation.entity.js';
import type { ScriptVersion } from '../../scripts/script-version.entity.js';
import type { Script } from '../../scripts/script.entity.js';

/** A script with default fields for specs; `change` overrides any of them. */
export const aScript = (change: Partial<Script> = {}): Script => ({
  id: 's',
  campaignId: 'k',
  templateCode: null,
  channelKind: 'ward-loudspeaker',
  unitId: null,
  title: 'Bài',
  createdAt: 0,
  createdBy: 'author',
  ...change,
});

export const aVersion = (change: Partial<ScriptVersion> = {}): ScriptVersion => ({
  id: 'v1',
  scriptId: 's',
  n: 1,
  title: 'Bài',
  body: 'Bà con chú ý.',
  variables: {},
  textHash: 'h',
  state: 'draft',
  authorId: 'author',
  createdAt: 0,
  submittedAt: null,
  submittedBy: null,
  ...change,
});

export const aClip = (change: Partial<Clip> = {}): Clip => ({
  id: 'c',
  scriptVersionId: 'v1',
  profile: 'horn',
  spoken: 'Bà con chú ý.',
  spokenHash: 'h',
  inputsHash: 'h',
  state: 'ready',
  sha256: 'a'.repeat(64),
  bytes: 1,
  durationMs: 83_000,
  integratedLufs: -16.04,
  truePeakDbtp: -2,
  planMs: 83_000,
  longestSilence: 0.9,
  form: null,
  engine: 'espeak',
  uploadedBy: null,
  uploadBytes: null,
  sentences: [],
  peaks: [],
  reason: null,
  contributions: null,
  createdAt: 0,
  readyAt: 0,
  ...change,
});

export const anObligation = (change: Partial<Obligation> = {}): Obligation => ({
  id: 'o',
  directiveId: 'd',
  assignment: 2,
  channelKind: 'ward-loudspeaker',
  addressees: [],
  minPlaysPerDay: 3,
  maxPlaysPerDay: 5,
  from: '2026-11-20',
  until: '2026-11-30',
  reportDue: null,
  ...change,
});

export const aCampaign = (change: Partial<Campaign> = {}): Campaign => ({
  id: 'k',
  directiveId: 'd',
  name: 'Đợt một',
  bulletinClass: 'normal',
  from: '2026-11-20',
  until: '2026-11-30',
  state: 'open',
  autoMakeGood: false,
  createdAt: 0,
  createdBy: null,
  closedAt: null,
  closedBy: null,
  closeReason: null,
  ...change,
});
