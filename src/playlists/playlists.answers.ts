import { z } from 'zod';
import { auditAnchor } from '../people/audit/audit-anchor.js';
import { exactly, file, sent } from '../http/api/answers.js';
import { localDateSchema, named, sha256Schema } from '../http/api/schemas.js';
import { slotRoles } from '../schedule/slots/slot-kind.js';
import { startRule } from '../schedule/slots/slot.answers.js';
import type { PlaylistDocument } from './formats/playlist-document.js';

const item = {
  slotId: z.string(),
  role: z.enum(slotRoles).describe('An opening, a closing, or what stands between them.'),
  start: startRule,
  startsAt: z.string().describe('ISO 8601 in UTC, with milliseconds.'),
  localTime: z.string().describe('HH:MM:SS on the clocks of the channel.'),
  endsAt: z.string(),
  durationMs: z.number(),
  title: z.string(),
  campaign: z.string(),
  authorisedBy: z
    .string()
    .optional()
    .describe('Only of an emergency: who answers for it. The player lets it pass the permitted hours.'),
};

/** Sent as bytes, because they are signed. */
export const playlist = named(
  'Playlist',
  exactly<PlaylistDocument>()(
    z.strictObject({
      channel: z.strictObject({ code: z.string(), name: z.string() }),
      date: localDateSchema,
      zone: z.string(),
      version: z.int().describe('Grows by one with every change of the day.'),
      audit: auditAnchor
        .optional()
        .describe('Where the audit ended before this version. Whoever keeps it sees a cut end later.'),
      permitted: z
        .array(z.strictObject({ from: z.string(), until: z.string() }))
        .describe('The player refuses to sound outside of them, whatever the items say.'),
      items: z.array(
        z.discriminatedUnion('kind', [
          z.strictObject({
            ...item,
            kind: z.literal('clip'),
            sha256: sha256Schema.describe('Of the file; the player checks it.'),
            bytes: z.int(),
            url: z.string().describe('A path on the server that gave the playlist.'),
            words: z.string().optional().describe('Only of a station call: what it says.'),
          }),
          z.strictObject({
            ...item,
            kind: z.literal('relay'),
            streamUrl: z.string().describe('Of the other station; carried for `durationMs`, then cut.'),
          }),
          z.strictObject({
            ...item,
            kind: z.literal('live'),
            script: z.string().describe('What the announcer reads.'),
          }),
        ]),
      ),
    }),
  ),
);

export const playlistHeaders = {
  ETag: 'Strong: the SHA-256 of the JSON.',
  'x-loa-signature': 'The Ed25519 signature of the body in base64; its key is at /api/playlist-key.',
};
export const playlistFile = sent(playlist, 'audio/mpegurl', 'application/xspf+xml', 'application/zip');

/** A clip is sent whole or in the one range that is asked for. */
export const clipFile = { 200: file('audio/mpeg'), 206: file('audio/mpeg') };
export const clipHeaders = {
  ETag: 'The SHA-256 of the file.',
  'Accept-Ranges': 'bytes',
  'Content-Range': 'Of a part: which bytes these are.',
};
