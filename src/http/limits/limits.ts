import { SetMetadata } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { CountRule } from '../../shared/decaying-count.js';

const MINUTE = 60_000;

/** Over the long run `limit` times ln 2 in a half-life: of 100 in two minutes, 35 a minute. */
interface Limit extends CountRule {
  /** A body counts once for each so many bytes. */
  bytes?: number;
}

/**
 * What costs the server much, how often each person and each station may ask for it at once, and how soon it is given again.
 * People who type, click and download never meet one of these, and stations that do as they are told neither; a program that
 * goes astray does.
 */
export const limits = {
  /** The reading of a text; asked for while somebody types. */
  reading: { limit: 200, halfLifeMs: 2 * MINUTE, bytes: 8192 },
  /** A template filled, a change rehearsed; asked for while somebody types. */
  preview: { limit: 200, halfLifeMs: 2 * MINUTE, bytes: 16_384 },
  /** A letter read. */
  letter: { limit: 60, halfLifeMs: 5 * MINUTE, bytes: 65_536 },
  /** A file made anew: reports, the audit, the day of a channel. */
  export: { limit: 60, halfLifeMs: 5 * MINUTE },
  /** The feed of a calendar program. */
  calendar: { limit: 30, halfLifeMs: 10 * MINUTE },
  /** Sound rendered: clips and the openings of stations. */
  render: { limit: 120, halfLifeMs: 15 * MINUTE },
  /** Weeks planned anew. */
  plan: { limit: 60, halfLifeMs: 5 * MINUTE },
  /** The whole audit checked. */
  verify: { limit: 6, halfLifeMs: 5 * MINUTE },
  /** A station's sign of life. */
  heartbeat: { limit: 120, halfLifeMs: MINUTE },
  /** A station's play log, up to 500 events at once. */
  log: { limit: 240, halfLifeMs: 2 * MINUTE },
} as const satisfies Record<string, Limit>;

export type LimitName = keyof typeof limits;

export interface Limited {
  name: LimitName;
  /** Who asks, where neither a person nor a station does. */
  by?: (request: FastifyRequest) => string;
}

export const LIMITED = 'loa:limited';

/** On a route that costs much: each person and each station may call it as often as `limits` says, then 429. */
export const Limited = (name: LimitName, by?: Limited['by']) => SetMetadata(LIMITED, { name, by } satisfies Limited);

/** How many times a request counts; a body says its length before it is read. */
export function weightOf(name: LimitName, contentLength: string | undefined): number {
  const { bytes }: Limit = limits[name];
  const length = Number(contentLength ?? 0);
  return bytes && length > 0 ? Math.ceil(length / bytes) : 1;
}
