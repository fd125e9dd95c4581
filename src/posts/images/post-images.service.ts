import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../shared/clock.js';
import { DomainError, notFound } from '../../shared/domain-error.js';
import { newId, sha256 } from '../../shared/ids.js';
import { Database } from '../../database/database.js';
import { type Actor, mayRead } from '../../people/access/actor.js';
import { Audit } from '../../people/audit/audit.js';
import { Channel } from '../../channels/entities/channel.entity.js';
import { type ImageFacts, imageFacts } from './image-facts.js';
import { PostImage } from './post-image.entity.js';
import { PostTransitions } from '../state/post-transitions.js';
import { Post } from '../state/post.entity.js';

export const IMAGE_MAX_BYTES = 3_000_000;
/** On either side; a larger image is a mistake, and a page shows no more than 2,048. */
const MAX_PIXELS = 8_192;

/**
 * Images of posts that a person publishes by hand. An approval covers the text only, so posts that the machine sends
 * have no image; the person who posts by hand sees the image beside the text and is responsible for it, and the audit
 * records who added it.
 */
@Injectable()
export class PostImages {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly transitions: PostTransitions,
  ) {}

  /**
   * Replaces an existing image. 404; 409 `by-hand-only`, `illegal-move`; 413 `image-too-large`; 422 `not-an-image`,
   * `needs-alt`.
   */
  async put(actor: Actor, postId: string, bytes: Buffer, alt: string): Promise<void> {
    if (bytes.length > IMAGE_MAX_BYTES) throw tooLarge();
    const facts = imageFacts(bytes);
    if (!facts || Math.max(facts.width, facts.height) > MAX_PIXELS) throw notAnImage();
    const words = alt.normalize('NFC').replace(/\s+/g, ' ').trim().slice(0, 300);
    if (words.length < 3) throw needsAlt();
    await this.change(actor, postId, async (tx, post, unitId) => {
      await tx.delete(PostImage, { postId });
      const now = this.clock.now();
      const row = { id: newId(now), postId, ...facts, bytes: bytes.length, alt: words, addedAt: now };
      await tx.insert(PostImage, { ...row, data: bytes.toString('base64'), addedBy: actor.accountId });
      const after = { ...facts, bytes: bytes.length, alt: words, sha256: sha256(bytes) };
      const fact = { action: 'post.image-added', entity: 'post', entityId: post.id, unitId, after };
      await this.audit.record(tx, actor, fact);
    });
  }

  /** 404 when there is none; 409. */
  async remove(actor: Actor, postId: string): Promise<void> {
    await this.change(actor, postId, async (tx, post, unitId) => {
      const done = await tx.delete(PostImage, { postId });
      if (!done.affected) throw notFound();
      const fact = { action: 'post.image-removed', entity: 'post', entityId: post.id, unitId };
      await this.audit.record(tx, actor, fact);
    });
  }

  /** Without its bytes; null when there is none. */
  facts(postId: string): Promise<PostImage | null> {
    return this.database.read().findOneBy(PostImage, { postId });
  }

  /** 404 for a post that is missing, of another unit, or without an image. */
  async bytes(actor: Actor, postId: string): Promise<{ kind: ImageFacts['kind']; data: Buffer }> {
    const em = this.database.read();
    const post = await em.findOneBy(Post, { id: postId });
    const channel = post && (await em.findOneBy(Channel, { id: post.channelId }));
    if (!channel || !mayRead(actor, channel.unitId)) throw notFound();
    const image = await em.findOne(PostImage, { where: { postId }, select: { id: true, kind: true, data: true } });
    if (!image) throw notFound();
    return { kind: image.kind, data: Buffer.from(image.data, 'base64') };
  }

  private async change(
    actor: Actor,
    postId: string,
    work: (tx: EntityManager, post: Post, unitId: string) => Promise<void>,
  ): Promise<void> {
    await this.database.write(async (tx) => {
      const post = await this.transitions.hold(tx, postId);
      const channel = await tx.findOneBy(Channel, { id: post.channelId });
      if (!channel || !mayRead(actor, channel.unitId)) throw notFound();
      if (post.adapter !== 'manual') throw byHandOnly();
      if (post.state !== 'scheduled' && post.state !== 'awaiting-person') throw tooLate();
      await work(tx, post, channel.unitId);
    });
  }
}

function tooLarge(): DomainError {
  return new DomainError('too-large', 'image-too-large', {
    vi: 'Ảnh lớn hơn 3 MB. Xin thu nhỏ ảnh rồi chọn lại.',
    en: 'The picture is larger than 3 MB.',
  });
}

function notAnImage(): DomainError {
  return new DomainError('invalid', 'not-an-image', {
    vi: 'Tệp này không phải ảnh JPEG hoặc PNG, hoặc ảnh quá khổ (mỗi chiều nhiều nhất 8192 điểm).',
    en: 'Not a JPEG or PNG picture, or more than 8192 pixels on a side.',
  });
}

function needsAlt(): DomainError {
  return new DomainError('invalid', 'needs-alt', {
    vi: 'Xin ghi ảnh có gì (ít nhất 3 chữ), cho người không xem được ảnh.',
    en: 'Say what the picture shows, for those who cannot see it.',
  });
}

function byHandOnly(): DomainError {
  return new DomainError('conflict', 'by-hand-only', {
    vi: 'Chỉ bài đăng bằng tay mới kèm ảnh: phê duyệt chỉ gồm nội dung chữ nên máy không tự đăng ảnh.',
    en: 'Only a post by hand may bear a picture: the approval covers the text.',
  });
}

function tooLate(): DomainError {
  return new DomainError('conflict', 'illegal-move', {
    vi: 'Bài đã đăng hoặc đã hủy nên không đổi ảnh được nữa.',
    en: 'The post is out or cancelled.',
  });
}
