import { z } from 'zod';
import { instant } from '../http/api/schemas.js';

export const postHeartbeat = z.strictObject({
  at: instant.nullable().describe('The last sign of life of whoever posts; null when there never was one.'),
  late: z.boolean().describe('Older than two minutes, or none.'),
});
