import { z } from 'zod';
import { instantSchema, named, sha256Schema } from '../../http/api/schemas.js';

export const auditPage = z.strictObject({
  rows: z.array(
    named(
      'AuditEntry',
      z.strictObject({
        seq: z.int().describe('One after the other.'),
        at: instantSchema,
        actorId: z.string().nullable().describe('Null for the system.'),
        actor: z.string(),
        action: z.string(),
        entity: z.string(),
        entityId: z.string(),
        unitId: z.string().nullable(),
        before: z.unknown().describe('What the fields were; its shape is that of the action.'),
        after: z.unknown().describe('What they are now.'),
        address: z.string().nullable().describe('Of the machine that asked for it.'),
        prevHash: sha256Schema.describe('The hash of the row before.'),
        hash: sha256Schema.describe('Of this row and the one before.'),
        seal: z
          .string()
          .nullable()
          .describe('Made with the key of the house; null in rows of before there were seals.'),
      }),
    ),
  ),
  next: z.int().nullable().describe('The `beforeSeq` of the next page; null at the end.'),
});
