import { z } from 'zod';
import { instant } from '../../http/api/schemas.js';

export const knownAddress = z.strictObject({
  address: z
    .strictObject({ hint: z.string().describe('The last characters of its key.'), createdAt: instant })
    .nullable()
    .describe('Null when there is none.'),
});
export const newAddress = z.strictObject({
  path: z.string().describe('From the host on; told this once.'),
  hint: z.string(),
});
