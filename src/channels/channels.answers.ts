import { z } from 'zod';
import { channelKinds } from '../shared/channel-kind.js';
import { instantSchema, named } from '../http/api/schemas.js';
import { channelWindow } from './channel-rules.answers.js';
import { hours, policyFields } from './law.answers.js';
import { channelStates } from './entities/channel.entity.js';
import { soundProfiles } from './entities/sound-profile.js';

const fields = {
  code: z.string(),
  kind: z.enum(channelKinds),
  name: z.string(),
  profile: z.enum(soundProfiles).describe('What its clips are mastered for.'),
  zone: z.string().describe('IANA zone of its local days.'),
  state: z.enum(channelStates).describe('Now.'),
};

const closure = z.strictObject({
  start: instantSchema,
  end: instantSchema.nullable().describe('Null: until somebody resumes the channel.'),
  retired: z.boolean(),
  reason: z.string(),
  by: z.string().describe('Name of the person.'),
});

export const channelList = z.array(named('Channel', z.strictObject(fields)));

export const channel = named(
  'ChannelInUse',
  z.strictObject({ ...fields, unit: z.string().describe('Code of its unit.') }),
);

export const channelWithRules = named(
  'ChannelWithRules',
  z.strictObject({
    ...fields,
    unit: z.string().describe('Code of its unit.'),
    closures: z.array(closure).describe('Pauses and retirements, past ones too, by start.'),
    permitted: z.array(hours).describe('Its own hours.'),
    law: z
      .strictObject({ ...policyFields, permitted: z.array(hours).describe('What is left of its own hours.') })
      .nullable()
      .describe('What its place lets it do today; null where no policy holds.'),
    windows: z.array(channelWindow),
  }),
);
