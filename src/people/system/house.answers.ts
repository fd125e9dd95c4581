import { z } from 'zod';
import { instantSchema, named } from '../../http/api/schemas.js';

export const houseState = named(
  'HouseState',
  z.strictObject({
    id: z.string().describe('The same in all copies of a house.'),
    generation: z
      .number()
      .describe(
        'When a person activated this copy, milliseconds; 0 until the first restore. The higher of two copies acts.',
      ),
    starts: z.int().describe('Counts the starts of servers on this database.'),
    address: z.string().nullable().describe('What stations and feeds are told; null before the first start.'),
    passive: z
      .strictObject({
        reason: z.enum(['superseded', 'restored', 'twin']),
        since: instantSchema,
        backupAt: instantSchema
          .nullable()
          .describe('When the backup was written; null for a copy that was not restored.'),
        counts: z
          .strictObject({
            postsToLookUp: z.int(),
            postsByHand: z.int(),
            slotsToSettle: z.int(),
            playlistDays: z.int(),
          })
          .describe('What an activation begins with.'),
      })
      .nullable()
      .describe('Null, or why this copy acts on nothing.'),
  }),
);
