import { z } from 'zod';
import { instantSchema, named } from '../../http/api/schemas.js';
import { unitKinds } from '../units/unit-kind.js';

export const accountList = z.array(
  named(
    'Account',
    z.strictObject({
      id: z.string(),
      username: z.string(),
      displayName: z.string(),
      active: z.boolean().describe('False when it was disabled.'),
      createdAt: instantSchema,
    }),
  ),
);

export const unitList = z.array(
  named(
    'Unit',
    z.strictObject({
      id: z.string(),
      code: z.string(),
      kind: z.enum(unitKinds),
      name: z.string(),
      shortName: z.string(),
      active: z.boolean(),
    }),
  ),
);
