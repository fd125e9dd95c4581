/* global document, Event */
/**
 * A page whose dialogs, reports of the content policy, errors and requests to foreign hosts are recorded: `{ page,
 * faults, seen }`.
 */
export async function watchedPage(context, url) {
  const page = await context.newPage();
  const faults = [];
  const seen = new Set();
  const tell = (what) => faults.push(`${page.url().replace(url, '')}: ${what}`);
  await page.addInitScript(() => {
    const marks = { ran: [], reports: [] };
    globalThis.loaMarks = marks;
    const ran = (said) => Boolean(marks.ran.push(String(said)));
    Object.assign(globalThis, { alert: ran, confirm: ran, prompt: ran });
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sample }) =>
      marks.reports.push(`${effectiveDirective} ${blockedURI} ${sample}`),
    );
  });
  page.on('dialog', (dialog) => {
    tell(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('pageerror', (error) => tell(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) tell(message.text());
  });
  page.on('request', (request) => {
    if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(`${url}/`)) tell(`asks ${request.url()}`);
  });
  return { page, faults, seen };
}

/**
 * Triggers everything that could run: opens folded content, sends pointer and focus events to all listeners. Records
 * what has run or was reported, markup that is not ours, and the payloads on the page (by their numbers); returns the
 * targets of its links.
 */
export async function provoke({ page, faults, seen }) {
  const found = await page.evaluate(async () => {
    for (const one of document.querySelectorAll('details')) one.open = true;
    const strange = [];
    for (const one of document.querySelectorAll('body *')) {
      const handlers = one.getAttributeNames().filter((name) => /^(on|hx-on|srcdoc|formaction)/.test(name));
      for (const name of handlers) strange.push(`<${one.localName} ${name}>`);
      if (handlers.length > 0) {
        for (const kind of ['mouseover', 'focus', 'click', 'toggle', 'error']) one.dispatchEvent(new Event(kind));
      }
      for (const name of ['href', 'src', 'action', 'data', 'xlink:href', 'hx-get', 'hx-post']) {
        const value = one.getAttribute(name)?.replace(/\s/g, '').toLowerCase() ?? '';
        if (/^(javascript|vbscript|data:text)|^\/*evil\.example|^https?:\/\/evil\.example/.test(value))
          strange.push(`<${one.localName} ${name}=${value}>`);
      }
      if (['script', 'iframe', 'object', 'embed', 'base', 'marquee', 'math'].includes(one.localName))
        strange.push(`<${one.localName}>`);
    }
    await new Promise((resolve) => setTimeout(resolve));
    const { ran, reports } = globalThis.loaMarks;
    const links = [...document.querySelectorAll('main a[href^="/"]')].map((one) => one.getAttribute('href'));
    const numbers = [...new Set(document.documentElement.outerHTML.match(/739100\d\d/g))];
    return { strange, ran: ran.splice(0), reports: reports.splice(0), links, numbers };
  });
  for (const number of found.numbers) seen.add(Number(number));
  const { pathname } = new URL(page.url());
  faults.push(
    ...found.strange.map((what) => `${pathname}: ${what} stands in the page`),
    ...found.ran.map((what) => `${pathname}: ran ${what}`),
    ...found.reports.map((what) => `${pathname}: the policy reports ${what}`),
  );
  return found.links;
}

/** Puts markup that a template would never write into the page, to prove that the watcher detects it. */
export async function breakIn({ page }) {
  await page.evaluate(() => {
    document.querySelector('main').innerHTML =
      '<img src="/khong-co.png" onerror="alert(1)"><a href="javascript:alert(2)">x</a>';
  });
  await page.waitForTimeout(200);
}
