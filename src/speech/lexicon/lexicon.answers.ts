import { z } from 'zod';
import { instantSchema, named } from '../../http/api/schemas.js';

export const lexiconEntry = named(
  'LexiconEntry',
  z
    .strictObject({
      id: z.string().nullable().describe('Null for a built-in entry, which nobody may change.'),
      level: z.enum(['unit', 'centre', 'built-in']),
      unitId: z.string().nullable(),
      unitName: z.string().nullable(),
      written: z.string(),
      spoken: z.string(),
      matchCase: z.enum(['any', 'exact']),
      before: z.array(z.string()).describe('Words of which one stands before it, where any are given.'),
      after: z.array(z.string()).describe('Words of which one stands after it, where any are given.'),
      addedBy: z.string(),
      addedAt: instantSchema.nullable(),
      changedAt: instantSchema.nullable().describe('To be sent back as `seen` with a change.'),
      removedAt: instantSchema.nullable(),
      mayChange: z.boolean(),
    })
    .describe('How one written form is said.'),
);
export const lexiconPage = named('LexiconPage', z.strictObject({ entries: z.array(lexiconEntry), total: z.int() }));
