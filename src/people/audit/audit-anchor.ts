import { z } from 'zod';

/**
 * A row of the audit, by its number and hash, noted outside of the database: in playlists that stations keep, in backups. Whoever
 * cuts the end of the audit and mends its head cannot cut those.
 */
export const auditAnchor = z.strictObject({
  sequence: z.int().min(0),
  head: z.string().regex(/^[0-9a-f]{64}$/),
});
export type AuditAnchor = z.infer<typeof auditAnchor>;
