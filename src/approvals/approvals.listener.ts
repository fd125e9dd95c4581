import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Events } from '../database/events.js';
import { systemActor } from '../people/access/actor.js';
import { holdVersion } from '../scripts/hold-version.js';
import { VersionSubmitted, VersionSuperseded } from '../scripts/scripts.events.js';
import { ClipReady } from '../audio/clips/clip.events.js';
import { Clip } from '../audio/clips/clip.entity.js';
import { Approvals } from './approvals.service.js';

/** Voids an approval after any change: a new version, or a clip rendered again. */
@Injectable()
export class ApprovalsListener implements OnModuleInit {
  constructor(
    private readonly events: Events,
    private readonly approvals: Approvals,
  ) {}

  onModuleInit(): void {
    const actor = systemActor('hệ thống duyệt');
    this.events.on(VersionSubmitted, (event, tx) => this.approvals.requireAudible(tx, event.versionId));
    this.events.on(VersionSuperseded, (event, tx) =>
      this.approvals.void(tx, actor, event.versionId, 'Bài đã có phiên bản mới.'),
    );
    this.events.on(ClipReady, async (event, tx) => {
      const clip = await tx.findOneBy(Clip, { id: event.clipId });
      if (!clip) return;
      await holdVersion(tx, clip.scriptVersionId);
      await this.approvals.void(tx, actor, clip.scriptVersionId, 'Bản thu đã được dựng lại.');
    });
  }
}
