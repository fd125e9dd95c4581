import { showHidden } from '../../src/shared/clean-text.js';
import { type Client } from '../support/client.js';
import { type House } from '../support/house.js';
import { decode, tokens } from '../support/html-tokens.js';
import { openPayloadHouse, type PayloadHouse } from '../support/payload-house.js';
import { payloads } from '../support/payloads.js';

const MAX_PAGES = 1500;
const html = { accept: 'text/html' };
/** Screens with a search box; the search text is shown again. */
const searches = [
  '/cong-van?tim=',
  '/lich?tim=',
  '/dang-nhap?tiep=',
  '/tien-do?tim=',
  '/bao-cao?tim=',
  '/tu-dien?tim=',
  '/don-vi?tim=',
  '/mau-bai?tim=',
  '/khung-gio?tim=',
  '/nguoi-dung?tim=',
  '/tram?tim=',
  '/nhat-ky?ai=',
  '/nhat-ky?ma=',
  '/bai-dang?xem=danh-sach&tim=',
];

describe('what people write is text', () => {
  let town: PayloadHouse;
  let house: House;
  let everything: Client;

  beforeAll(async () => {
    town = await openPayloadHouse();
    ({ house, everything } = town);
  }, 600_000);
  afterAll(() => house.close());

  it('every field that takes words has taken payloads', () => {
    // Spoken text is words alone: signs that cannot be spoken are refused.
    const { spoken, ...taken } = Object.fromEntries(town.taken);
    expect(spoken).toBe(0);
    expect(Object.entries(taken).filter(([, n]) => n < 3)).toEqual([]);
    expect(Object.keys(taken).length).toBeGreaterThanOrEqual(23);
  });

  it(`${payloads.length} payloads in every text field: on no page does one become markup, a handler or an address`, async () => {
    expect(payloads.length).toBeGreaterThanOrEqual(60);
    const queue = ['/', '/bao-mat', '/khong-co-trang-nay'];
    for (const payload of payloads.slice(0, 12)) {
      const asked = encodeURIComponent(payload);
      queue.push(...searches.map((search) => search + asked), `/bai?tim=${asked}&dot=${asked}`);
    }
    const seen = new Set<string>();
    const faults: string[] = [];
    let shown = '';
    let pages = 0;
    for (let path = queue.shift(); path !== undefined && pages < MAX_PAGES; path = queue.shift()) {
      const plainPath = path.split('#', 1)[0] ?? '';
      if (seen.has(plainPath)) continue;
      seen.add(plainPath);
      const answer = await everything.get(plainPath, html);
      const location = answer.headers.get('location');
      if (location?.startsWith('/')) queue.push(location);
      if (answer.status >= 500) faults.push(`${plainPath}: ${answer.status}`);
      if (!(answer.headers.get('content-type') ?? '').startsWith('text/html')) continue;
      pages++;
      const policy = answer.headers.get('content-security-policy') ?? '';
      if (!/script-src 'self'(;|$)/.test(policy) || !policy.includes("default-src 'self'"))
        faults.push(`${plainPath}: policy`);
      const read = tokens(answer.text);
      faults.push(
        ...read.flatMap((token) => (token.kind === 'tag' ? faultsOf(token) : [])).map((one) => `${plainPath}: ${one}`),
      );
      for (const token of read) {
        if (token.kind === 'text') shown += `${token.text}\n`;
        else {
          for (const value of token.attributes.values()) shown += `${value}\n`;
          const href = token.attributes.get('href');
          if (token.name === 'a' && href?.startsWith('/') && !/^\/(api|static|feeds)\//.test(href)) queue.push(href);
        }
      }
    }
    expect([...new Set(faults)].slice(0, 20)).toEqual([]);
    expect(pages).toBeGreaterThan(150);
    const words = shown.replace(/\s+/g, ' ');
    const absent = payloads.filter((payload) => !words.includes(showHidden(payload).replace(/\s+/g, ' ')));
    expect(absent).toEqual([]);
  }, 600_000);

  it('a form that is refused says back what was typed, as text', async () => {
    for (const payload of payloads.slice(0, 45)) {
      const stranger = house.stranger();
      const page = await stranger.get('/dang-nhap', html);
      const token = /name="_csrf" value="([^"]+)"/.exec(page.text)?.[1] ?? '';
      const form = new URLSearchParams({
        _csrf: token,
        username: payload.slice(0, 100),
        password: payload,
        tiep: payload,
      });
      const { text } = await stranger.post('/dang-nhap', form, html);
      const bad = tokens(text).flatMap((one) => (one.kind === 'tag' ? faultsOf(one) : []));
      expect([payload, bad]).toEqual([payload, []]);
      house.clock.advance(16 * 60_000);
    }
  });

  it('the reader of pages finds what it must find', () => {
    const found = payloads.filter((payload) =>
      tokens(`<p title="x">${payload}</p>`).some((token) => token.kind === 'tag' && faultsOf(token).length > 0),
    );
    expect(found.length).toBeGreaterThan(35);
    expect(decode('&lt;b&gt; &amp;amp; &#x27;')).toBe("<b> &amp; '");
    const [, inside] = tokens('<textarea>a &lt;b> <i></textarea>');
    expect(inside).toEqual({ kind: 'text', text: 'a <b> <i>' });
  });
});

const ours = new Set(
  (
    '!doctype html head meta title link script body a header img button svg use div nav p strong span form input main h1 h2 h3 h4 ' +
    'ul ol li table thead tbody tfoot tr th td caption details summary section article aside audio video source label textarea ' +
    'select option optgroup datalist fieldset legend small em b i br hr dl dt dd code pre time progress noscript figure figcaption ins del ' +
    'mark template footer output abbr col colgroup path rect circle line g text tspan polyline polygon defs clippath desc canvas ' +
    'pattern dialog kbd sup sub blockquote style iframe meter wbr'
  ).split(' '),
);
const addresses = new Set([
  'href',
  'src',
  'action',
  'formaction',
  'data',
  'xlink:href',
  'srcset',
  'poster',
  'hx-get',
  'hx-post',
]);

function faultsOf(token: { name: string; attributes: Map<string, string> }): string[] {
  const { name, attributes } = token;
  const found: string[] = [];
  if (name.startsWith('/')) return /^\/[a-z0-9]+$/.test(name) ? [] : [`<${name}>`];
  if (!ours.has(name)) found.push(`<${name}> is no element of ours`);
  if (name === 'script' && !/^\/(static|api\/docs)\/|^\.\/|^swagger/.test(attributes.get('src') ?? ''))
    found.push('a script in the page');
  if (['iframe', 'base', 'object', 'embed', 'style'].includes(name)) found.push(`<${name}>`);
  if (name === 'meta' && attributes.has('http-equiv') && !/^\d+$/.test(attributes.get('content') ?? ''))
    found.push('a refresh to elsewhere');
  for (const [key, value] of attributes) {
    if (/^(on|hx-on)/.test(key) || key === 'srcdoc' || key === 'style') found.push(`${name} has ${key}`);
    if (!/^[a-z][a-z0-9:_-]*$/.test(key)) found.push(`${name} has an attribute ${key}`);
    if (
      addresses.has(key) &&
      !/^(\/(?!\/)|#|\.\/|\?|$|https:\/\/(www\.facebook\.com|dai\.example\.vn)\/|data:image\/(png|svg))/.test(value)
    ) {
      found.push(`${name} ${key}=${value.slice(0, 60)}`);
    }
  }
  return found;
}
