import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '../shared/domain-error.js';
import type { Actor } from '../people/actor.js';
import { Csrf } from '../people/csrf.js';
import { callerOf } from '../people/request.js';
import { type Role, roleNames } from '../people/role.js';
import { errorAnswer } from '../http/error-body.js';
import { navigation } from './navigation.js';

/** What every screen has around its own content. */
export interface Frame {
  title: string;
  csrf: string;
  person: { name: string; roles: string } | null;
  nav: { href: string; label: string; active: boolean }[];
  /** A sentence about what went wrong with what was just sent. */
  error: string | null;
  /** A sentence about what has just been done. */
  done: string | null;
}

const doneSentences: Record<string, string> = {
  'da-luu': 'Đã lưu.',
  'da-trinh': 'Đã trình duyệt.',
  'da-duyet': 'Đã duyệt.',
  'da-tra': 'Đã trả lại cho người soạn.',
  'da-vao-so': 'Đã vào sổ.',
  'da-co': 'Văn bản này đã có trong sổ.',
  'dang-dung': 'Đang dựng bản thu.',
  'da-dung': 'Đã dừng dựng bản thu.',
  'da-xep-lich': 'Đã xếp lịch.',
  'da-ghi': 'Đã ghi nhận.',
  'da-hen': 'Đã hẹn giờ đăng.',
  'da-huy': 'Đã hủy.',
  'dang-tim': 'Đang tìm trên trang; tải lại sau ít phút để xem kết quả.',
  'da-tao': 'Đã tạo tài khoản.',
  'da-khoa': 'Đã khóa tài khoản.',
  'da-thu-hoi': 'Đã thu hồi quyền của trạm.',
};

/** Sends a screen: the frame, the screen's own view-model, the template `<screen>/<screen>`. */
@Injectable()
export class Pages {
  constructor(private readonly csrf: Csrf) {}

  async send(
    request: FastifyRequest,
    reply: FastifyReply,
    template: string,
    title: string,
    view: object,
    problem?: unknown,
  ): Promise<void> {
    const failed = problem === undefined ? null : errorAnswer(problem);
    const frame = this.frame(request, reply, title, failed?.body.message ?? null);
    // What a person may see is not for a shared cache, nor for the back button after signing out.
    reply.status(failed?.status ?? 200).header('cache-control', 'no-store');
    const html = await request.server.view(template, { ...frame, ...view });
    await reply.type('text/html; charset=utf-8').send(html);
  }

  frame(request: FastifyRequest, reply: FastifyReply, title: string, error: string | null): Frame {
    const actor = callerOf(request)?.actor ?? null;
    const path = request.url.split('?', 1)[0] ?? '/';
    const told = (request.query as Record<string, unknown> | undefined)?.['xong'];
    return {
      title,
      csrf: this.csrf.token(request, reply),
      person: actor && { name: actor.name, roles: rolesOf(actor) },
      nav: actor ? navigation(actor, path) : [],
      error,
      done: typeof told === 'string' && !error ? (doneSentences[told] ?? null) : null,
    };
  }
}

/** Back to a page after a form was sent, with the sentence about what was done. */
export async function seeOther(reply: FastifyReply, path: string, done?: keyof typeof doneSentences): Promise<void> {
  await reply.redirect(done ? `${path}${path.includes('?') ? '&' : '?'}xong=${done}` : path, 303);
}

/** Lets a screen show a domain error beside the form; anything else goes on to the filter. */
export function shown(error: unknown): DomainError {
  if (error instanceof DomainError && error.kind !== 'not-found' && error.kind !== 'unauthenticated') return error;
  throw error;
}

function rolesOf(actor: Actor): string {
  const names = new Set<Role>(actor.grants.map((grant) => grant.role));
  return [...names].map((role) => roleNames[role]).join(', ');
}
