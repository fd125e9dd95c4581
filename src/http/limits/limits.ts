import { SetMetadata } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { CountRule } from '../../shared/decaying-count.js';

const MINUTE = 60_000;

/** Over the long run `limit` times ln 2 per half-life: for 100 in two minutes, 35 a minute. */
interface Limit extends CountRule {
  /** A body counts once for each block of this many bytes. */
  bytes?: number;
}

/**
 * Limits of expensive requests: how many each person and each station may send at once, and how fast the count decays.
 * People who type, click and download never reach a limit, nor do stations that follow the protocol; a faulty program
 * does.
 */
export const limits = {
  /** The reading of a text; requested while a user types. */
  reading: { limit: 200, halfLifeMs: 2 * MINUTE, bytes: 8192 },
  /** Filling a template, a dry run of a change; requested while a user types. */
  preview: { limit: 200, halfLifeMs: 2 * MINUTE, bytes: 16_384 },
  /** Parsing a letter. */
  letter: { limit: 60, halfLifeMs: 5 * MINUTE, bytes: 65_536 },
  /** Generating a file: reports, the audit, the day of a channel. */
  export: { limit: 60, halfLifeMs: 5 * MINUTE },
  /** The feed of a calendar program. */
  calendar: { limit: 30, halfLifeMs: 10 * MINUTE },
  /** Rendering audio: clips and station idents. */
  render: { limit: 120, halfLifeMs: 15 * MINUTE },
  /** Planning weeks. */
  plan: { limit: 60, halfLifeMs: 5 * MINUTE },
  /** Verifying the whole audit. */
  verify: { limit: 6, halfLifeMs: 5 * MINUTE },
  /** A station's heartbeat. */
  heartbeat: { limit: 120, halfLifeMs: MINUTE },
  /** A station's play log, up to 500 events at once. */
  log: { limit: 240, halfLifeMs: 2 * MINUTE },
} as const satisfies Record<string, Limit>;

export type LimitName = keyof typeof limits;

export interface Limited {
  name: LimitName;
  /** Returns the caller where it is neither a person nor a station. */
  by?: (request: FastifyRequest) => string;
}

export const LIMITED = 'loa:limited';

/** For an expensive route: each person and each station may call it as often as `limits` says, then 429. */
export const Limited = (name: LimitName, by?: Limited['by']) => SetMetadata(LIMITED, { name, by } satisfies Limited);

/** How many times a request counts; the length of a body is known before it is read. */
export function weightOf(name: LimitName, contentLength: string | undefined): number {
  const { bytes }: Limit = limits[name];
  const length = Number(contentLength ?? 0);
  return bytes && length > 0 ? Math.ceil(length / bytes) : 1;
}
