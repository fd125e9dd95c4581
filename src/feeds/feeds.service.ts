import { Injectable } from '@nestjs/common';
import { Clock } from '../shared/clock.js';
import { notFound } from '../shared/domain-error.js';
import { Config } from '../config/config.js';
import { Database } from '../database/database.js';
import { Unit } from '../people/units/unit.entity.js';
import { isWard } from '../people/units/unit-kind.js';
import { Channel } from '../channels/entities/channel.entity.js';
import { airedClips, airedTexts, isAired } from './aired-content.js';
import type { Feed, FeedItem } from './feed.js';
import { isWithheld, onWebsiteSince } from './text-scope.js';

const MOST = 50;
/** Maximum number of texts examined: some may not be allowed yet, or not on this website. */
const MAX_LOOKED_AT = 500;

/** The approved and aired content of one ward, for its website. Public, so it contains nothing else. */
@Injectable()
export class Feeds {
  constructor(
    private readonly config: Config,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * `code` is that of a website channel or of a ward; 404 otherwise. The latest 50 items, newest first. Addresses are
   * paths: the same feed is cached for readers who reach this server at different addresses.
   */
  async of(code: string): Promise<Feed> {
    const unit = await this.unitOf(code);
    const em = this.database.read();
    const [clips, heard] = await Promise.all([airedClips(em, unit.id, MOST), airedTexts(em, unit.id, MAX_LOOKED_AT)]);
    const websites = await this.websitesOf(unit.id, code);
    const now = this.clock.now();
    const texts = heard.flatMap(({ scope, since: from, ...text }) => {
      const ids = websites.map(({ id }) => id);
      const since = onWebsiteSince(from, scope, ids, now, this.config.timeZone);
      return since === null ? [] : [{ ...text, since }];
    });
    const items: FeedItem[] = [
      ...clips.map(({ clipId, title, text, sha256, bytes, durationMs, airedAt }) => {
        const audio = { url: `/feeds/clips/${sha256}.mp3`, bytes, durationMs };
        return { id: `urn:uuid:${clipId}`, title, text, publishedAt: airedAt, audio };
      }),
      ...texts.map(({ versionId, title, text, since }) => {
        return { id: `urn:uuid:${versionId}`, title, text, publishedAt: since };
      }),
    ];
    const offered = items.filter(({ publishedAt }) => !isWithheld(publishedAt, websites, now));
    offered.sort((a, b) => b.publishedAt - a.publishedAt || (a.id < b.id ? 1 : -1));
    return {
      title: `Bản tin truyền thanh ${unit.name}`,
      description: `Nội dung tuyên truyền đã được duyệt và đã phát tại ${unit.name}.`,
      author: unit.name,
      homeUrl: '/',
      rssUrl: `/feeds/${code}/rss.xml`,
      jsonUrl: `/feeds/${code}/feed.json`,
      items: offered.slice(0, MOST),
    };
  }

  /** Whether the file is public: it aired in a unit with a feed, and its approval is in force. */
  isPublic(sha256: string): Promise<boolean> {
    return isAired(this.database.read(), sha256);
  }

  /** The website with this code; for the code of a ward all its websites, also those that are out of use. */
  private async websitesOf(unitId: string, code: string): Promise<Channel[]> {
    const all = await this.database.read().findBy(Channel, { unitId, kind: 'website' });
    const named = all.filter((website) => website.code === code);
    return named.length > 0 ? named : all.filter(({ active, closures }) => active || closures.length > 0);
  }

  private async unitOf(code: string): Promise<Unit> {
    const em = this.database.read();
    const website = await em.findOneBy(Channel, { code, kind: 'website', active: true });
    const unit = await em.findOneBy(Unit, website ? { id: website.unitId, active: true } : { code, active: true });
    if (!unit || (!website && !isWard(unit.kind))) throw notFound();
    return unit;
  }
}
