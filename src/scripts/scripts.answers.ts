import { z } from 'zod';
import { channelKinds } from '../shared/channel-kind.js';
import { instantSchema, named } from '../http/api/schemas.js';
import { subjectGroups } from './templates/subject-group.js';
import { variableTypes } from './templates/template.js';

const variableValue = named(
  'VariableValue',
  z
    .union([z.string(), z.number(), z.array(z.string())])
    .describe("Dates 'YYYY-MM-DD', times 'HH:MM', a list as an array or as one line per item."),
);

export const templates = z.array(
  named(
    'Template',
    z.strictObject({
      code: z.string(),
      name: z.string(),
      kind: z.enum(['loudspeaker', ...channelKinds]).describe('`loudspeaker`: of the city and of wards alike.'),
      subject: z.enum(subjectGroups),
      purpose: z.string().describe('What it is for, in Vietnamese.'),
      variables: z.array(
        z.strictObject({
          name: z.string(),
          type: z.enum(variableTypes),
          label: z.string().describe('Vietnamese, as the form shows it.'),
          required: z.boolean(),
          example: variableValue,
          default: variableValue.optional().describe('Taken when no value is given.'),
          maxLength: z.int().describe('Characters of a text, or of each item of a list.'),
        }),
      ),
    }),
  ),
);

const scriptVersion = named(
  'ScriptVersion',
  z.strictObject({
    id: z.string(),
    n: z.int().describe('The first is 1.'),
    title: z.string(),
    text: z.string(),
    state: z.enum(['draft', 'submitted', 'approved', 'stopped', 'returned', 'voided', 'superseded']),
    authorId: z.string().nullable(),
    createdAt: instantSchema,
    submittedAt: instantSchema.nullable(),
  }),
);

const fields = {
  id: z.string(),
  campaignId: z.string(),
  channelKind: z.enum(channelKinds),
  templateCode: z.string().nullable().describe('Null when it was written without a template.'),
  unitId: z.string().nullable().describe('The unit that it was written for; null when it is for all.'),
  title: z.string(),
};

export const scripts = z.array(named('Script', z.strictObject({ ...fields, latest: scriptVersion })));
export const scriptWithVersions = named(
  'ScriptWithVersions',
  z.strictObject({ ...fields, versions: z.array(scriptVersion) }),
);
export const createdScript = named('CreatedScript', z.strictObject({ scriptId: z.string(), versionId: z.string() }));
export const createdVersion = named('CreatedVersion', z.strictObject({ versionId: z.string() }));
