import type { INestApplicationContext } from '@nestjs/common';
import { Policies } from '../../channels/policies.service.js';
import { systemActor } from '../../people/access/actor.js';
import type { UnitKind } from '../../people/units/unit-kind.js';

const PRESET = 'da-nang-2025';
const KINDS: readonly UnitKind[] = ['centre', 'ward', 'commune'];

/** Chooses the law of the demo's place, as an administrator would; a law that was chosen before stays. */
export async function chooseDemoLaw(app: INestApplicationContext): Promise<void> {
  const policies = app.get(Policies);
  const chosen = new Set((await policies.list()).map(({ unitKind }) => unitKind));
  for (const kind of KINDS) {
    if (!chosen.has(kind)) await policies.adopt(systemActor('chạy thử'), kind, { preset: PRESET });
  }
}
