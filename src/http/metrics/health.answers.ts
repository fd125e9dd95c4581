import { z } from 'zod';
import { named } from '../api/schemas.js';

const part = z.strictObject({
  status: z.enum(['up', 'down']),
  word: z.string().describe('`ok`, or what is wrong.'),
});

export const health = named(
  'Health',
  z.strictObject({
    status: z.enum(['ok', 'error', 'shutting_down']),
    info: z.record(z.string(), part).optional().describe('The parts that work.'),
    error: z.record(z.string(), part).optional().describe('The parts that do not.'),
    details: z.record(z.string(), part).describe('All parts by name.'),
  }),
);

export type Health = z.output<typeof health>;
