import { z } from 'zod';
import { instantSchema, named } from '../../http/api/schemas.js';

export const ownSessions = z.array(
  named(
    'OwnSession',
    z.strictObject({
      id: z.string(),
      createdAt: instantSchema,
      lastSeenAt: instantSchema,
      address: z.string().nullable(),
      userAgent: z.string().nullable(),
      current: z.boolean().describe('The one that asks.'),
    }),
  ),
);

export const endedSessions = z.strictObject({ ended: z.int().describe('How many sessions.') });
export const forgottenOrigins = z.strictObject({
  ended: z.int().describe('How many sessions.'),
  forgotten: z.int().describe('How many devices and networks.'),
});

export const secondFactorState = named(
  'SecondFactorState',
  z.strictObject({
    enrolledAt: instantSchema.nullable().describe('Null while no phone is enrolled.'),
    pending: z.boolean().describe('An enrolment was begun in this session and its first code has not been given.'),
    recoveryCodesLeft: z.int(),
  }),
);

export const phoneEnrolment = named(
  'PhoneEnrolment',
  z.strictObject({
    secret: z.string().describe('In base32, for the phone.'),
    otpauth: z.string().describe('The same as an address, which a picture shows.'),
  }),
);

export const recoveryCodes = z.strictObject({ recoveryCodes: z.array(z.string()).describe('Shown this once.') });
