import { Accounts } from '../../src/people/accounts/accounts.service.js';
import { systemActor } from '../../src/people/access/actor.js';
import type { Role } from '../../src/people/access/role.js';
import { plain, Visitor } from './browser-form.js';
import { enrolPhone, giveCode, type Phone } from './phone.js';
import { type House, PASSWORD } from './house.js';

/** A letter of two points: wards twice a day from 25 to 28 November 2026, and the fanpage. */
export const LETTER = `ỦY BAN NHÂN DÂN
THÀNH PHỐ HÀ TĨNH
Số: 2024/UBND-VHTT
V/v tuyên truyền phòng, chống sốt xuất huyết

Hà Tĩnh, ngày 20 tháng 11 năm 2026

Kính gửi: Ủy ban nhân dân các phường, xã; Trung tâm Văn hóa - Truyền thông thành phố.

Ủy ban nhân dân thành phố yêu cầu:

1. Ủy ban nhân dân các phường, xã tuyên truyền trên hệ thống truyền thanh cơ sở ít nhất 2 lần/ngày, từ ngày 25/11/2026 đến ngày 28/11/2026, về việc diệt lăng quăng, bọ gậy.

2. Trung tâm Văn hóa - Truyền thông đăng trên trang Fanpage của Trung tâm.

Nơi nhận:
- Như trên;
- Lưu: VT.
`;

/** People who use the pages of an installation, and every page that they see. */
export class Visitors {
  readonly everyone: Visitor[] = [];
  private readonly usernames = new Map<Visitor, string>();
  private readonly phones = new Map<Visitor, Phone>();

  constructor(private readonly house: House) {}

  /** A person with an account who signed in through the form. */
  async enter(role: Role, unitCode?: string, displayName = `Người ${role}`): Promise<Visitor> {
    const username = `${role}.${this.everyone.length}`;
    const account = { username, displayName, password: PASSWORD, grants: [{ role, unitCode }] };
    await this.house.app.get(Accounts).create(systemActor('thử nghiệm'), account);
    const visitor = this.stranger();
    this.usernames.set(visitor, username);
    await this.comeBack(visitor);
    if (role === 'approver') this.phones.set(visitor, await enrolPhone(this.house, visitor.client));
    return visitor;
  }

  stranger(): Visitor {
    const visitor = new Visitor(this.house.stranger());
    this.everyone.push(visitor);
    return visitor;
  }

  /** Half an hour without a request ends a session; in a journey hours pass in a moment. */
  async comeBack(visitor: Visitor): Promise<void> {
    // A browser sends its token in the form; the token of the former session is no longer valid.
    visitor.client.csrfToken = undefined;
    await visitor.visit('/dang-nhap');
    await visitor.submit('/dang-nhap', { username: this.usernames.get(visitor) ?? '', password: PASSWORD });
    const phone = this.phones.get(visitor);
    if (phone) await giveCode(visitor.client, phone);
  }

  /** Faults of every page that was seen: it names its language, has no inline script or style, and did not break. */
  faults(): string[] {
    return this.everyone.flatMap((visitor) =>
      visitor.seen.flatMap(({ path, status, html }) => {
        const found: string[] = [];
        if (status >= 500) found.push(`answered ${status}`);
        if (!/^<!doctype html>\s<html lang="(vi|en)" /.test(html)) found.push('does not say its language');
        const bare = html.replace(/<script src="\/static\/[\w.-]+\.[0-9a-f]{12}\.js" defer><\/script>/g, '');
        found.push(...(bare.match(/<script|\sstyle=|\son[a-z]+="|javascript:/gi) ?? []));
        found.push(...(withoutRandom(html).match(/\[object |undefined|\bnull\b|NaN/g) ?? []));
        for (const form of html.match(/<form[\s\S]*?<\/form>/g) ?? []) {
          if (form.includes('method="post"') && !form.includes('name="_csrf"'))
            found.push('has a form without a token');
        }
        return found.map((one) => `${path} ${one}`);
      }),
    );
  }
}

/** The text that a reader sees: no tags, normalised spaces. */
export function words(html: string): string {
  return plain(html.replace(/<(script|style)[\s\S]*?<\/\1>/g, '').replace(/<[^>]+>/g, ' ')).replace(/\s+/g, ' ');
}

/** The value of the first text field of a page. */
export function textareaOf(html: string): string {
  return plain(/<textarea[^>]*>([\s\S]*?)<\/textarea>/.exec(html.slice(html.indexOf('<main')))?.[1] ?? '');
}

export function tokenOf(html: string): string {
  return /name="_csrf" value="([^"]+)"/.exec(html)?.[1] ?? '';
}

export const idIn = (text: string): string => /[0-9a-f-]{36}/.exec(text)?.[0] ?? '';

/** Registers the letter and opens a campaign for it; returns both ids. */
export async function campaignOf(editor: Visitor): Promise<{ directive: string; campaign: string }> {
  await editor.visit('/cong-van/moi');
  await editor.submit('/cong-van/moi', { text: LETTER });
  const directive = idIn(editor.path);
  await editor.submit(`/cong-van/${directive}/dot`, { from: '2026-11-25', until: '2026-11-28' });
  return { directive, campaign: idIn(editor.path) };
}

/** Tokens are random letters; sooner or later three of them in a row look like a mistake of a template. */
function withoutRandom(html: string): string {
  return html.replace(/(name="_csrf" value="|name="csrf-token" content="|\?k=|loa_st_)[\w-]+/g, '$1');
}
