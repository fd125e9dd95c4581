import { Injectable } from '@nestjs/common';
import { Config } from '../config/config.js';
import { Clock } from '../shared/clock.js';
import { locateTools, type Tools } from './ffmpeg.locate.js';
import { DiskMediaStore, type MediaStore } from './media-store.js';
import { renderClip, type RenderedClip, type RenderRequest, type Studio } from './render-clip.js';
import { makeStudio } from './studio.js';

/** The studio of this machine; its tools are looked for once, when the first clip is made. */
@Injectable()
export class StudioService {
  readonly store: MediaStore;
  private studio?: Promise<Studio>;

  constructor(
    private readonly config: Config,
    private readonly clock: Clock,
  ) {
    this.store = new DiskMediaStore(config.mediaDir);
  }

  tools(): Promise<Tools> {
    return locateTools(this.config.tools);
  }

  async render(request: RenderRequest): Promise<RenderedClip> {
    this.studio ??= this.tools().then((tools) => makeStudio(this.config, tools, this.clock));
    return renderClip(await this.studio, request);
  }
}
