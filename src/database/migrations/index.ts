import { FirstTables1764000000000 } from './1764000000000-first-tables.js';
import { ClipFormsAndStationCalls1764100001000 } from './1764100001000-clip-forms-and-station-calls.js';
import { LexiconsAndDecisions1764100002000 } from './1764100002000-lexicons-and-decisions.js';
import { LawOfThePlace1764100003000 } from './1764100003000-law-of-the-place.js';
import { SlotsOfEveryKind1764100004000 } from './1764100004000-slots-of-every-kind.js';
import { AuditChain1764100006000 } from './1764100006000-audit-chain.js';
import { SecondFactor1764100006001 } from './1764100006001-second-factor.js';
import { ApprovalScope1764100006002 } from './1764100006002-approval-scope.js';
import { Fanpage1764100008000 } from './1764100008000-fanpage.js';
import { TemplateVersions1764100008100 } from './1764100008100-template-versions.js';
import { CallsInFrames1764200001000 } from './1764200001000-calls-in-frames.js';
import { EvidenceUntil1764200004000 } from './1764200004000-evidence-until.js';
import { CountsByCampaign1764200005000 } from './1764200005000-counts-by-campaign.js';
import { CalendarAddresses1764200004100 } from './1764200004100-calendar-addresses.js';
import { PasswordByAnother1764200007000 } from './1764200007000-password-by-another.js';
import { FramesOfNothing1764300003000 } from './1764300003000-frames-of-nothing.js';
import { KnownOrigins1764400003000 } from './1764400003000-known-origins.js';
import { Contributions1764400001000 } from './1764400001000-contributions.js';
import { SecondPerson1764400002000 } from './1764400002000-second-person.js';
import { IdempotentRequests1764500004000 } from './1764500004000-idempotent-requests.js';
import { NoWord1764600001000 } from './1764600001000-no-word.js';
import { CampaignClosing1764600001100 } from './1764600001100-campaign-closing.js';
import { ClipHearings1764700001000 } from './1764700001000-clip-hearings.js';
import { Withdrawals1764700001100 } from './1764700001100-withdrawals.js';
import { ScriptsTogether1764700002000 } from './1764700002000-scripts-together.js';
import { UploadOwners1764400006000 } from './1764400006000-upload-owners.js';
import { LogAccounts1764500001000 } from './1764500001000-log-accounts.js';
import { AuditSeals1764500002000 } from './1764500002000-audit-seals.js';
import { PlaylistAnchors1764500002100 } from './1764500002100-playlist-anchors.js';
import { Announcements1764700004100 } from './1764700004100-announcements.js';
import { ChannelClosures1764700004000 } from './1764700004000-channel-closures.js';
import { House1764500003000 } from './1764500003000-house.js';

/** In the order in which they run. A migration that has landed is never edited; a later one corrects a mistake. */
export const migrations = [
  FirstTables1764000000000,
  ClipFormsAndStationCalls1764100001000,
  LexiconsAndDecisions1764100002000,
  LawOfThePlace1764100003000,
  SlotsOfEveryKind1764100004000,
  // One per line.
  AuditChain1764100006000,
  SecondFactor1764100006001,
  ApprovalScope1764100006002,
  Fanpage1764100008000,
  TemplateVersions1764100008100,
  CallsInFrames1764200001000,
  EvidenceUntil1764200004000,
  CountsByCampaign1764200005000,
  CalendarAddresses1764200004100,
  PasswordByAnother1764200007000,
  FramesOfNothing1764300003000,
  KnownOrigins1764400003000,
  Contributions1764400001000,
  SecondPerson1764400002000,
  UploadOwners1764400006000,
  LogAccounts1764500001000,
  AuditSeals1764500002000,
  PlaylistAnchors1764500002100,
  House1764500003000,
  IdempotentRequests1764500004000,
  NoWord1764600001000,
  CampaignClosing1764600001100,
  ClipHearings1764700001000,
  Withdrawals1764700001100,
  ScriptsTogether1764700002000,
  ChannelClosures1764700004000,
  Announcements1764700004100,
];
