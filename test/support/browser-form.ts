import type { Answer, Client } from './client.js';

/** A browser without scripts: requests HTML, follows redirects, sends forms with their hidden fields. */
export class Visitor {
  /** The last page seen. */
  page: Answer = { status: 0, headers: new Headers(), bytes: Buffer.alloc(0), text: '' };
  path = '';
  /** Every page that was seen, for checks of all of them. */
  readonly seen: { path: string; status: number; html: string }[] = [];

  constructor(readonly client: Client) {}

  async visit(path: string): Promise<Answer> {
    let answer = await this.client.get(path, HTML);
    this.path = path;
    for (let hops = 0; hops < 5 && answer.status >= 300 && answer.status < 400; hops++) {
      this.path = answer.headers.get('location') ?? '';
      answer = await this.client.get(this.path, HTML);
    }
    return this.keep(answer);
  }

  /**
   * Sends the form of the last page that posts to `action`, with its present values and `fields`; follows the redirect.
   */
  async submit(action: string, fields: Record<string, string | string[]> = {}): Promise<Answer> {
    const form = this.form(action);
    if (!form) throw new Error(`no form goes to ${action} on ${this.path}:\n${this.page.text}`);
    const values = Object.entries({ ...fieldsOf(form), ...fields });
    const body = new URLSearchParams(
      values.flatMap(([name, value]) => [value].flat().map((one): [string, string] => [name, one])),
    );
    const answer = await this.client.post(action, body, HTML);
    const next = answer.headers.get('location');
    if (answer.status === 303 && next) return this.visit(next);
    this.path = action;
    return this.keep(answer);
  }

  hasForm(action: string): boolean {
    return this.form(action) !== undefined;
  }

  private form(action: string): string | undefined {
    const forms = this.page.text.match(/<form[\s\S]*?<\/form>/g) ?? [];
    const going = forms.filter((one) => one.includes(`action="${action}"`));
    return going.find((one) => one.includes('method="post"'));
  }

  private keep(answer: Answer): Answer {
    this.page = answer;
    this.seen.push({ path: this.path, status: answer.status, html: answer.text });
    return answer;
  }
}

const HTML = { accept: 'text/html,application/xhtml+xml' };

/** The values of the form before any input. */
function fieldsOf(form: string): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [tag] of form.matchAll(/<input\b[^>]*>/g)) {
    const name = attribute(tag, 'name');
    if (name && !/type="(checkbox|radio)"/.test(tag)) fields[name] = attribute(tag, 'value') ?? '';
  }
  for (const [, head = '', body = ''] of form.matchAll(/<textarea\b([^>]*)>([\s\S]*?)<\/textarea>/g)) {
    const name = attribute(head, 'name');
    if (name) fields[name] = plain(body);
  }
  for (const [, head = '', options = ''] of form.matchAll(/<select\b([^>]*)>([\s\S]*?)<\/select>/g)) {
    const name = attribute(head, 'name');
    const all = [...options.matchAll(/<option\b[^>]*>/g)].map(([tag]) => tag);
    const chosen = all.find((tag) => / selected/.test(tag)) ?? all[0];
    if (name && chosen) fields[name] = attribute(chosen, 'value') ?? '';
  }
  return fields;
}

function attribute(tag: string, name: string): string | undefined {
  const value = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
  return value === undefined ? undefined : plain(value);
}

/** The unescaped text. */
export function plain(html: string): string {
  const names: Record<string, string> = { lt: '<', gt: '>', quot: '"', amp: '&' };
  return html
    .replace(/&#x([0-9a-f]+);/gi, (_, code: string) => String.fromCodePoint(parseInt(code, 16)))
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replace(/&(lt|gt|quot|amp);/g, (_, name: string) => names[name] ?? '');
}
