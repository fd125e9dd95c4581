import { z } from 'zod';
import { named } from '../../http/api/schemas.js';
import { roles } from '../access/role.js';

export const sessionAnswer = named(
  'Session',
  z.strictObject({
    id: z.string().nullable().describe('Id of the account.'),
    name: z.string(),
    grants: z.array(
      z.strictObject({
        role: z.enum(roles),
        unitId: z.string().nullable().describe('The unit for which the role holds; null for all.'),
      }),
    ),
    mustChangePassword: z
      .boolean()
      .describe('The password was chosen by somebody else; nothing is open but choosing another.'),
    csrfToken: z.string().describe('Goes into the header `x-csrf-token` of every request that is not a GET.'),
  }),
);
