import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Config } from '../../src/config/config.js';
import { type Answer, type Client, json } from './client.js';
import type { BulletinClass } from '../../src/campaigns/bulletin-class.js';
import { type House, openHouse } from './house.js';

const letter = readFileSync(new URL('../../scripts-content/letters/sample-letter.txt', import.meta.url), 'utf8');

export interface ShownClip {
  id: string;
  profile: string;
  state: string;
  engine: string | null;
  reason: string | null;
  sha256: string | null;
  durationMs: number | null;
  integratedLufs: number | null;
  truePeakDbtp: number | null;
}

/** A signed-in person with a campaign, who writes scripts and sends recordings. */
export class RecordingDesk {
  private constructor(
    readonly house: House,
    readonly editor: Client,
    private readonly directiveId: string,
    private readonly campaignId: string,
  ) {}

  static async open(env?: Record<string, string>): Promise<RecordingDesk> {
    const house = await openHouse({ env });
    const editor = await house.person('editor');
    const { id: directiveId } = json<{ id: string }>(await editor.post('/api/directives', { text: letter }));
    const campaign = { directiveId, name: 'Đợt một', from: '2026-11-25', until: '2026-12-31' };
    const { id } = json<{ id: string }>(await editor.post('/api/campaigns', campaign));
    return new RecordingDesk(house, editor, directiveId, id);
  }

  /** The campaign of another bulletin class. */
  async campaign(bulletinClass: BulletinClass): Promise<string> {
    const body = {
      directiveId: this.directiveId,
      name: 'Đợt hai',
      from: '2026-11-25',
      until: '2026-12-31',
      bulletinClass,
    };
    return json<{ id: string }>(await this.editor.post('/api/campaigns', body)).id;
  }

  async version(
    text = 'Kính mời bà con nghe.',
    channelKind = 'ward-loudspeaker',
    campaignId = this.campaignId,
  ): Promise<string> {
    const body = { campaignId, channelKind, title: 'Thông báo', text };
    return json<{ versionId: string }>(await this.editor.post('/api/scripts', body)).versionId;
  }

  send(versionId: string, bytes: Uint8Array, name = 'thu-am.mp3', who = this.editor): Promise<Answer> {
    const form = new FormData();
    form.append('tep', new Blob([bytes as Uint8Array<ArrayBuffer>]), name);
    return who.post(`/api/versions/${versionId}/clips/upload`, form);
  }

  async clips(versionId: string): Promise<ShownClip[]> {
    return json<ShownClip[]>(await this.editor.get(`/api/versions/${versionId}/clips`));
  }

  /** Files in the media folder that are neither finished clips nor caches. */
  leftovers(): string[] {
    const { mediaDir } = this.house.app.get(Config);
    return ['tmp', 'uploads'].flatMap((name) => {
      try {
        return readdirSync(join(mediaDir, name));
      } catch {
        return [];
      }
    });
  }
}
