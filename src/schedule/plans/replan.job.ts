import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { Clock } from '../../shared/clock.js';
import { newId } from '../../shared/ids.js';
import type { JobRun } from '../../jobs/job-handler.js';
import { Jobs } from '../../jobs/jobs.service.js';
import { systemActor } from '../../people/access/actor.js';
import { changeCauses } from './plan-change.entity.js';
import { type ChangeNote } from './plan-changes.service.js';
import { Replanner, type ReplanScope } from './replanner.service.js';

const NAME = 'replan';

const order = z.object({
  cause: z.enum(changeCauses),
  sentence: z.string(),
  campaignId: z.string().nullish(),
  campaignIds: z.array(z.string()).optional(),
  channelIds: z.array(z.string()).optional(),
  from: z.string().optional(),
  until: z.string().nullish(),
  rules: z.boolean().optional(),
});

/** Re-plans in a job: the cause is stored at once, and its request does not wait for a province to be planned. */
@Injectable()
export class ReplanJob implements OnModuleInit {
  constructor(
    private readonly clock: Clock,
    private readonly jobs: Jobs,
    private readonly replanner: Replanner,
  ) {}

  onModuleInit(): void {
    this.jobs.define(NAME, { run: (run) => this.run(run) });
  }

  /** Each order is its own job: an order added while another runs must see what changed after that one had read. */
  async add(tx: EntityManager, scope: ReplanScope, note: ChangeNote): Promise<void> {
    await this.jobs.add(tx, {
      name: NAME,
      key: newId(this.clock.now()),
      payload: { ...scope, ...note },
      maxAttempts: 5,
    });
  }

  private async run(run: JobRun): Promise<void> {
    const { cause, sentence, campaignId, ...scope } = order.parse(run.payload);
    const actor = systemActor('hệ thống xếp lịch');
    await run.finish(async (tx) => {
      await this.replanner.replan(tx, actor, scope, { cause, sentence, campaignId });
    });
  }
}
