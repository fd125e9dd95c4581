import { z } from 'zod';
import { instantSchema, named } from '../http/api/schemas.js';
import { postAdapterNames } from './graph/post-adapter.port.js';

const fields = {
  id: z.string(),
  campaignId: z.string(),
  channelCode: z.string(),
  versionId: z.string().describe('The script version that it says.'),
  message: z.string(),
  adapter: z.enum(postAdapterNames).describe('By hand, or by the Graph API.'),
  dueAt: instantSchema.describe('When it ought to be out; lateness is measured from here.'),
  state: z.enum(['scheduled', 'publishing', 'awaiting-person', 'published', 'refused', 'unknown', 'cancelled']),
  attempt: z.int().describe('How often it has been claimed for sending.'),
  reason: z.string().nullable().describe('Vietnamese, for the page admin.'),
  nextAt: instantSchema.nullable().describe('When it is tried or looked for again.'),
  permalink: z.string().nullable().describe('Where it stands.'),
  externalId: z.string().nullable().describe('Its id at the fanpage.'),
  createdAt: instantSchema,
  publishedAt: instantSchema.nullable(),
};

export const postList = z.array(named('Post', z.strictObject(fields)));

export const postWithAttempts = named(
  'PostWithAttempts',
  z.strictObject({
    ...fields,
    attempts: z.array(
      z.strictObject({
        n: z.int().describe('Of a try, the attempt of the post; lookups have numbers of their own.'),
        kind: z.enum(['publish', 'lookup']),
        startedAt: instantSchema,
        finishedAt: instantSchema.nullable(),
        outcome: z
          .string()
          .nullable()
          .describe(
            'Of a try: published, refused, duplicate, not-sent, unknown. Of a lookup: found, not-found, failed.',
          ),
        detail: z.string().nullable(),
      }),
    ),
  }),
);
