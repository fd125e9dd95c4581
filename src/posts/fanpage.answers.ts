import { z } from 'zod';
import { instantSchema } from '../http/api/schemas.js';

export const postHeartbeat = z.strictObject({
  at: instantSchema.nullable().describe('The last sign of life of whoever posts; null when there never was one.'),
  late: z.boolean().describe('Older than two minutes, or none.'),
});
