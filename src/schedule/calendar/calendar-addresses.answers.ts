import { z } from 'zod';
import { instantSchema } from '../../http/api/schemas.js';

export const knownAddress = z.strictObject({
  address: z
    .strictObject({ hint: z.string().describe('The last characters of its key.'), createdAt: instantSchema })
    .nullable()
    .describe('Null when there is none.'),
});
export const newAddress = z.strictObject({
  path: z.string().describe('From the host on; told this once.'),
  hint: z.string(),
});
