import { access, constants, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Clock, type Instant } from '../../shared/clock.js';
import type { Sentence } from '../../shared/domain-error.js';
import { addressAdvice } from '../../config/address-advice.js';
import { Config, projectRoot } from '../../config/config.js';
import { existingFolder, FreeSpace } from '../../database/disk/free-space.js';
import { ClockWatch } from '../../jobs/clock-watch.service.js';
import { fullVoiceName, type VoiceOffer, voiceOffers } from '../../speech/voices/voice-offers.js';
import type { Tools } from '../../audio/ffmpeg/ffmpeg-copies.js';
import { ToolchainService } from '../../audio/render/toolchain.service.js';
import { type WorkFacts, WorkStatus } from './work-status.js';

/** The configuration and the state of the system. Contains no secret: of a key or token only whether it is set. */
export interface SystemFacts extends WorkFacts {
  version: string;
  node: string;
  zone: string;
  lockMinutes: number;
  /** LOA_PUBLIC_URL, and what keeps other computers from reaching it. */
  url: string | null;
  addressAdvice: Sentence | null;
  trustProxy: boolean;
  /** Null when the clip folder is not writable. */
  freeBytes: number | null;
  tools: Tools;
  voices: VoiceOffer[];
  /** The server's voice chain, in the order in which voices are tried. */
  chain: string[];
  page: { id: string | null; hasToken: boolean; version: string };
  /** The jump of the server's clock in ms until an administrator confirms the time; null while the clock is trusted. */
  clockJumpMs: number | null;
  /** The time that the server's clock shows. */
  now: Instant;
  /**
   * The time of the newest complete backup in the default folder; null when there is none or backups are kept
   * elsewhere.
   */
  backup: Instant | null;
}

/**
 * Running three programs for their version takes too long for a page, so the result is cached; a new installation shows
 * after a minute.
 */
const TOOLS_KEPT_MS = 60_000;
const packageFile = z.object({ version: z.string() });

@Injectable()
export class SystemStatus {
  private tools?: { at: Instant; found: Promise<Tools> };
  private version?: Promise<string>;

  constructor(
    private readonly config: Config,
    private readonly clock: Clock,
    private readonly toolchain: ToolchainService,
    private readonly space: FreeSpace,
    private readonly clockWatch: ClockWatch,
    private readonly work: WorkStatus,
  ) {}

  async facts(): Promise<SystemFacts> {
    const { config } = this;
    const now = this.clock.now();
    const [version, tools, freeBytes, work, backup] = await Promise.all([
      (this.version ??= ownVersion()),
      this.toolsNow(now),
      isWritable(config.mediaDir).then((may) => (may ? this.space.freeBytes(config.mediaDir) : null)),
      this.work.at(now),
      lastBackup(config.backupDir),
    ]);
    const voices = voiceOffers(config, tools.espeak);
    return {
      ...work,
      version,
      node: process.versions.node,
      zone: config.timeZone,
      lockMinutes: config.lockMs / 60_000,
      url: config.publicUrl ?? null,
      addressAdvice: addressAdvice(config),
      trustProxy: config.trustProxy,
      freeBytes,
      tools,
      voices,
      chain: config.voices.chain.map((name) => fullVoiceName(config, voices, name)),
      page: {
        id: config.graph.pageId ?? null,
        hasToken: config.graph.token !== undefined,
        version: config.graph.version,
      },
      clockJumpMs: this.clockWatch.doubt()?.jumpMs ?? null,
      now,
      backup,
    };
  }

  private toolsNow(now: Instant): Promise<Tools> {
    if (!this.tools || Math.abs(now - this.tools.at) > TOOLS_KEPT_MS) {
      this.tools = { at: now, found: this.toolchain.tools() };
    }
    return this.tools.found;
  }
}

async function ownVersion(): Promise<string> {
  return packageFile.parse(JSON.parse(await readFile(join(projectRoot, 'package.json'), 'utf8'))).version;
}

/** Whether `folder` is writable; the first clip creates it. */
async function isWritable(folder: string): Promise<boolean> {
  return access(await existingFolder(folder), constants.W_OK).then(
    () => true,
    () => false,
  );
}

/** `loa backup` writes a folder per run and the manifest last, so an aborted run has no manifest. */
export async function lastBackup(folder: string): Promise<Instant | null> {
  try {
    const manifests = (await readdir(folder)).map((name) => join(folder, name, 'manifest.json'));
    const times = await Promise.all(
      manifests.map((file) =>
        stat(file)
          .then(({ mtimeMs }) => mtimeMs)
          .catch(() => 0),
      ),
    );
    return Math.round(Math.max(0, ...times)) || null;
  } catch {
    return null; // there is no such folder
  }
}
