import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../shared/clock.js';
import { localDateOf } from '../../shared/local-time.js';
import { Config } from '../../config/config.js';
import type { Actor } from '../../people/access/actor.js';
import { Units } from '../../people/units/units.service.js';
import { agencyOf } from './agency.js';
import { Progress } from './progress.service.js';

/** Reports that are printed and signed. */
@Injectable()
export class ProgressPapers {
  constructor(
    private readonly progress: Progress,
    private readonly units: Units,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  /** The report as the actor may see it, in the name of his unit. Throws 404. */
  async docx(actor: Actor, directiveId: string): Promise<{ number: string; stream: Readable }> {
    const progress = await this.progress.forDirective(actor, directiveId);
    const own = actor.grants.flatMap(({ unitId }) => unitId ?? []);
    const agency = agencyOf(await this.units.all(), own, progress.directive);
    const today = localDateOf(this.clock.now(), this.config.timeZone);
    // Loaded on the first request, so that it does not slow down the start.
    const { progressDocx } = await import('./progress-docx.js');
    return { number: progress.directive.number, stream: progressDocx(progress, agency, today) };
  }
}
