import { z } from 'zod';
import { channelKinds } from '../shared/channel-kind.js';
import { named } from '../http/api/schemas.js';
import { channelWindow } from './channel-rules.answers.js';
import { hours, policyFields } from './law.answers.js';
import { soundProfiles } from './entities/sound-profile.js';

const fields = {
  code: z.string(),
  kind: z.enum(channelKinds),
  name: z.string(),
  profile: z.enum(soundProfiles).describe('What its clips are mastered for.'),
  zone: z.string().describe('IANA zone of its local days.'),
};

export const channelList = z.array(named('Channel', z.strictObject(fields)));

export const channelWithRules = named(
  'ChannelWithRules',
  z.strictObject({
    ...fields,
    permitted: z.array(hours).describe('Its own hours.'),
    law: z
      .strictObject({ ...policyFields, permitted: z.array(hours).describe('What is left of its own hours.') })
      .nullable()
      .describe('What its place lets it do today; null where no policy holds.'),
    windows: z.array(channelWindow),
  }),
);
