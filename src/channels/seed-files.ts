import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { parse } from 'yaml';
import { z } from 'zod';
import { Config } from '../config/config.js';
import { cleanValues } from '../shared/clean-values.js';
import { DomainError } from '../shared/domain-error.js';
import { Database } from '../database/database.js';
import { holdHouse } from '../database/house-row.js';
import { systemActor } from '../people/access/actor.js';
import { Units, unitSeed } from '../people/units/units.service.js';
import { Channels, channelSeed } from './channels.service.js';
import { Policies } from './policies.service.js';
import { policySeeds } from './rules.dto.js';

/**
 * Loads the units and channels of scripts-content/seed/ into an empty or older database, and offers its presets of the
 * law; a second run adds nothing. The law of a place is chosen by a person, never loaded.
 */
@Injectable()
export class SeedFiles {
  constructor(
    private readonly config: Config,
    private readonly database: Database,
    private readonly units: Units,
    private readonly channels: Channels,
    private readonly policies: Policies,
  ) {}

  async load(): Promise<{ units: number; channels: number }> {
    const units = await this.read('units.yaml', z.strictObject({ units: z.array(unitSeed) }));
    const channels = await this.read('channels.yaml', z.strictObject({ channels: z.array(channelSeed) }));
    const { presets } = await this.read('policies.yaml', policySeeds);
    this.policies.offer(presets);
    const actor = systemActor('dữ liệu ban đầu');
    return this.database.write(async (tx) => {
      // When several servers start on an empty database, the first one fills it and the others find it filled.
      await holdHouse(tx);
      return {
        units: await this.units.seed(tx, actor, units.units),
        channels: await this.channels.seed(tx, actor, channels.channels),
      };
    });
  }

  private async read<T>(name: string, schema: z.ZodType<T>): Promise<T> {
    const file = join(this.config.contentDir, 'seed', name);
    const parsed = schema.safeParse(cleanValues(parse(await readFile(file, 'utf8'))));
    if (parsed.success) return parsed.data;
    const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
    throw new DomainError('invalid', 'bad-seed', {
      vi: `Tệp ${file} sai: ${problems}`,
      en: `Bad file ${file}: ${problems}`,
    });
  }
}
