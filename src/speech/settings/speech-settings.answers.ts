import { z } from 'zod';
import { named } from '../../http/api/schemas.js';
import { sentence } from '../reading/reading.answers.js';

const readingSettings = z
  .strictObject({
    zeroTens: z.enum(['linh', 'lẻ']).describe('101: một trăm linh một | một trăm lẻ một.'),
    thousand: z.enum(['nghìn', 'ngàn']).describe('1000: một nghìn | một ngàn.'),
    fourAfterTens: z.enum(['tư', 'bốn']).describe('24: hai mươi tư | hai mươi bốn.'),
    documentSlash: z.enum(['xuyệt', 'trên', 'pause']).describe('The slash of 1871/UBND-VHTT.'),
    houseSlash: z.enum(['xuyệt', 'trên', 'pause']).describe('The slash of a house number, số 12/3 đường Nguyễn Du.'),
  })
  .describe('Ways of speaking that differ from place to place.');

const source = z.string();

export const speechSettings = named(
  'SpeechSettings',
  z.strictObject({
    unitId: z.string().nullable().describe('Null is the centre.'),
    own: z
      .strictObject({
        reading: readingSettings.partial(),
        rate: z.number().nullable(),
        voices: z.array(z.string()).nullable(),
      })
      .describe('What this unit itself has set.'),
    effective: z
      .strictObject({ reading: readingSettings, rate: z.number(), voices: z.array(z.string()) })
      .describe('What holds.'),
    from: z
      .strictObject({
        rate: source,
        voices: source,
        zeroTens: source,
        thousand: source,
        fourAfterTens: source,
        documentSlash: source,
        houseSlash: source,
      })
      .describe("Where each part comes from: a unit's id, 'centre', or 'house' when nobody has set it."),
    seen: z.int().nullable().describe('To be sent back with a change.'),
    choices: z
      .array(
        z.strictObject({
          setting: z.enum(['zeroTens', 'thousand', 'fourAfterTens', 'documentSlash', 'houseSlash']),
          label: z.string(),
          options: z.array(z.strictObject({ value: z.string(), label: z.string() })),
        }),
      )
      .describe('What may be set, with Vietnamese labels.'),
    mayChange: z.boolean(),
    mayChangeVoices: z.boolean(),
  }),
);

export const voiceOfferList = z.strictObject({
  voices: z.array(
    named(
      'VoiceOffer',
      z
        .strictObject({
          name: z.string().describe("'espeak/vi': as an order of voices names it."),
          engine: z.string(),
          title: z.string(),
          online: z.boolean().describe('Sends the text to a service on the internet.'),
          available: z.boolean(),
          reason: sentence
            .nullable()
            .describe('Why it cannot be used on this machine, and what to do; null when it can.'),
        })
        .describe('A voice that an order of voices may name.'),
    ),
  ),
});
