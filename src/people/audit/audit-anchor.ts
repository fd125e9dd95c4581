import { z } from 'zod';

/**
 * Number and hash of an audit row, stored outside the database: in the playlists of stations, in backups. An attacker
 * who cuts the end of the audit and repairs its head cannot change those copies.
 */
export const auditAnchor = z.strictObject({
  sequence: z.int().min(0),
  head: z.string().regex(/^[0-9a-f]{64}$/),
});
export type AuditAnchor = z.infer<typeof auditAnchor>;
