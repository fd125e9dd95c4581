import { availableParallelism } from 'node:os';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Config } from '../config/config.js';
import { Clock } from '../shared/clock.js';
import { locateTools, type Tools } from './ffmpeg.locate.js';
import { requireUploads, type RecordingToDecode } from './decode-recording.js';
import { FewAtOnce } from '../shared/few-at-once.js';
import { inspectRecording } from './inspect-recording.js';
import { masterRecording, type MasteredRecording, type RecordingRequest } from './master-recording.js';
import { DiskMediaStore, type MediaStore } from './media-store.js';
import { renderClip, type RenderedClip, type RenderRequest } from './render-clip.js';
import { makeStudio, type EquippedStudio } from './studio.js';

/** The studio of this machine; its tools are looked for once, when the first clip is made. */
@Injectable()
export class StudioService implements OnApplicationShutdown {
  readonly store: MediaStore;
  private studio?: Promise<EquippedStudio>;
  /** Recordings that come in at one moment must not take the machine from everybody else. */
  private readonly inspections = new FewAtOnce(availableParallelism());

  constructor(
    private readonly config: Config,
    private readonly clock: Clock,
  ) {
    this.store = new DiskMediaStore(config.mediaDir);
  }

  tools(): Promise<Tools> {
    return locateTools(this.config.tools);
  }

  /** `voices`: names in the order in which they are asked; without, the server's own chain. Throws `unknown-voice` (422). */
  async render(request: RenderRequest, voices?: readonly string[]): Promise<RenderedClip> {
    const studio = await this.ready();
    return renderClip(voices ? { ...studio, voices: studio.shelf.chain(voices) } : studio, request);
  }

  async master(request: RecordingRequest): Promise<MasteredRecording> {
    return masterRecording(await this.ready(), request);
  }

  /** Throws `uploads-refused` where a file of a stranger would not be opened. */
  async requireUploads(): Promise<void> {
    requireUploads((await this.ready()).transcoder);
  }

  /** Throws what is wrong with a recording from outside: see `inspectRecording`. */
  async inspect(recording: RecordingToDecode): Promise<void> {
    const { transcoder } = await this.ready();
    await this.inspections.run(() => inspectRecording(transcoder, recording));
  }

  /** Jobs have been stopped before; what was kept warm for the next sentence ends here. */
  async onApplicationShutdown(): Promise<void> {
    const studio = await this.studio?.catch(() => undefined);
    studio?.shelf.close();
  }

  private ready(): Promise<EquippedStudio> {
    this.studio ??= this.tools().then((tools) => makeStudio(this.config, tools, this.clock));
    // A chime that was mended or a tool that was installed is found at the next try.
    this.studio.catch(() => (this.studio = undefined));
    return this.studio;
  }
}
