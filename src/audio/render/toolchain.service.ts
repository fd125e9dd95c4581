import { availableParallelism } from 'node:os';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Config } from '../../config/config.js';
import { Reserve } from '../../database/disk/reserve.js';
import { Clock } from '../../shared/clock.js';
import { locateTools, type Tools } from '../ffmpeg/ffmpeg-copies.js';
import { requireUploads, type RecordingToDecode } from '../recordings/decode-recording.js';
import { Semaphore } from '../../shared/semaphore.js';
import { estimateClipSeconds } from '../mix/estimate.js';
import { inspectRecording } from '../recordings/inspect-recording.js';
import { masterRecording, type MasteredRecording, type RecordingRequest } from './master-recording.js';
import { DiskMediaStore, type MediaStore } from '../store/disk-media-store.js';
import { renderClip, type RenderedClip, type RenderRequest } from './render-clip.js';
import type { RenderStage } from '../master/render-stages.js';
import { whileThereIsRoom } from '../store/disk-watch.js';
import { makeToolchain, type EquippedToolchain } from './toolchain.js';

/** Disk space that a second of a clip needs at most while it is made: sentences, mix, parts and the file. */
const WORK_BYTES_A_SECOND = 150_000;

/** The audio toolchain of this machine; its tools are located once, for the first clip. */
@Injectable()
export class ToolchainService implements OnApplicationShutdown {
  readonly store: MediaStore;
  private toolchain?: Promise<EquippedToolchain>;
  /** Limits parallel inspections, so that many uploads at one moment do not use up the machine. */
  private readonly inspections = new Semaphore(availableParallelism());

  constructor(
    private readonly config: Config,
    private readonly clock: Clock,
    private readonly reserve: Reserve,
  ) {
    this.store = new DiskMediaStore(config.mediaDir);
  }

  tools(): Promise<Tools> {
    return locateTools(this.config.tools);
  }

  /**
   * `voices`: names in order of preference; without them, the server's own chain. `urgent`: for an emergency. Throws
   * `unknown-voice` (422), `no-room` (503).
   */
  async render(request: RenderRequest, voices?: readonly string[], urgent = false): Promise<RenderedClip> {
    const toolchain = await this.ready();
    const equipped = voices ? { ...toolchain, voices: toolchain.registry.chain(voices) } : toolchain;
    const need = WORK_BYTES_A_SECOND * estimateClipSeconds(request.text, request);
    return this.withRoom({ need, urgent }, request, (watched) => renderClip(equipped, watched));
  }

  /** Throws `no-room` (503). The length of the recording is unknown until it is decoded. */
  async master(request: RecordingRequest, urgent = false): Promise<MasteredRecording> {
    const toolchain = await this.ready();
    return this.withRoom({ need: 0, urgent }, request, (watched) => masterRecording(toolchain, watched));
  }

  /** Throws `uploads-refused` where this ffmpeg may not open untrusted files. */
  async requireUploads(): Promise<void> {
    requireUploads((await this.ready()).transcoder);
  }

  /** Throws what is wrong with an uploaded recording; see `inspectRecording`. */
  async inspect(recording: RecordingToDecode): Promise<void> {
    const { transcoder } = await this.ready();
    await this.inspections.run(() => inspectRecording(transcoder, recording));
  }

  /** Jobs have stopped before this; it ends the voice processes that were kept warm. */
  async onApplicationShutdown(): Promise<void> {
    const toolchain = await this.toolchain?.catch(() => undefined);
    toolchain?.registry.close();
  }

  private withRoom<Asked extends RecordingRequest | RenderRequest, T>(
    room: { need: number; urgent: boolean },
    asked: Asked,
    work: (asked: Asked) => Promise<T>,
  ): Promise<T> {
    return whileThereIsRoom<RenderStage, Asked, T>(this.reserve, this.store.folder, room, asked, work);
  }

  private ready(): Promise<EquippedToolchain> {
    this.toolchain ??= this.tools().then((tools) => makeToolchain(this.config, tools, this.clock));
    // Retry after a failure: a repaired chime or an installed tool is found at the next try.
    this.toolchain.catch(() => (this.toolchain = undefined));
    return this.toolchain;
  }
}
