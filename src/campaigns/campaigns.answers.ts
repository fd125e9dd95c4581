import { z } from 'zod';
import { instantSchema, localDateSchema, named } from '../http/api/schemas.js';
import { bulletinClasses } from './bulletin-class.js';

const fields = {
  id: z.string(),
  directiveId: z.string().describe('The letter that it carries out.'),
  name: z.string(),
  from: localDateSchema,
  until: localDateSchema,
  bulletinClass: z.enum(bulletinClasses),
  state: z.enum(['open', 'ended', 'cancelled']),
  autoMakeGood: z.boolean().describe('A missed or replaced play is made good without anybody asking.'),
  closedAt: instantSchema.nullable().describe('Null while it is open.'),
  closeReason: z
    .string()
    .nullable()
    .describe('In the words of the person who ended or cancelled it; null when none were given.'),
};

export const campaign = named('Campaign', z.strictObject(fields));

export const campaignWithFacts = named(
  'CampaignWithFacts',
  z.strictObject({
    ...fields,
    facts: z.array(
      z.strictObject({
        name: z.string(),
        value: z.string(),
        asOf: localDateSchema.describe('The local day for which the figure holds.'),
        source: z.string(),
      }),
    ),
  }),
);

export const campaigns = z.array(campaign);
