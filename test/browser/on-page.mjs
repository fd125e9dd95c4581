/* global document, innerWidth, getComputedStyle, axe */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Unfolds everything, so that folded content is checked too. */
export async function unfold(page) {
  await page.evaluate(() => document.querySelectorAll('main details').forEach((one) => (one.open = true)));
}

/** Requirements of every screen, for people with a small phone, with a keyboard, or with a screen reader. Sentences. */
export async function faults(page) {
  return page.evaluate(() => {
    const found = [];
    // A finger needs 43 px; a mouse needs less.
    const least = innerWidth < 1024 ? 43 : 38;
    const shown = (element) => element.checkVisibility?.() ?? element.getClientRects().length > 0;
    if (document.documentElement.lang !== 'vi') found.push('the page does not say that it is Vietnamese');
    if (document.querySelectorAll('h1').length !== 1) found.push(`${document.querySelectorAll('h1').length} h1`);
    if (document.documentElement.scrollWidth > innerWidth + 1) {
      const wide = [...document.querySelectorAll('main *')].find(
        (one) => shown(one) && !one.closest('.scroll') && one.getBoundingClientRect().right > innerWidth + 1,
      );
      found.push(`wider than the screen (${document.documentElement.scrollWidth}): ${wide?.outerHTML.slice(0, 200)}`);
    }
    for (const field of document.querySelectorAll('input:not([type=hidden]), select, textarea')) {
      if (!field.labels?.length && !field.getAttribute('aria-label'))
        found.push(`no label: ${field.outerHTML.slice(0, 120)}`);
    }
    for (const target of document.querySelectorAll(
      'main button, main a.button, main summary.button, main input:not([type=hidden], [type=checkbox], .only-read), main label.check, main select',
    )) {
      const { width, height } = target.getBoundingClientRect();
      const small = target.classList.contains('small') || target.classList.contains('quiet');
      if (shown(target) && height > 0 && height < (small && innerWidth >= 1024 ? 34 : least)) {
        found.push(`hard to hit (${Math.round(width)}×${Math.round(height)}): ${target.outerHTML.slice(0, 120)}`);
      }
    }
    for (const picture of document.querySelectorAll('img:not([alt])'))
      found.push(`no alt: ${picture.outerHTML.slice(0, 120)}`);
    const ids = [...document.querySelectorAll('[id]')].map((one) => one.id);
    const twice = ids.filter((id, n) => ids.indexOf(id) !== n);
    if (twice.length > 0) found.push(`ids used twice: ${twice.join(', ')}`);
    return found;
  });
}

/** Pairs of text and background on the page whose contrast is below WCAG's 4.5 : 1 (3 : 1 for large text). */
export async function paleText(page) {
  return page.evaluate(() => {
    const parse = (colour) => (colour.match(/[\d.]+/g) ?? []).map(Number);
    const channel = (c) => (c / 255 <= 0.03928 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4);
    const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
    const ground = (element) => {
      for (let one = element; one; one = one.parentElement) {
        const colour = parse(getComputedStyle(one).backgroundColor);
        if (colour.length === 3 || colour[3] > 0.5) return colour;
      }
      return [255, 255, 255];
    };
    const bad = new Set();
    for (const element of document.querySelectorAll('body *')) {
      const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
      if (!own || !element.checkVisibility()) continue;
      const style = getComputedStyle(element);
      const [a, b] = [light(parse(style.color)), light(ground(element))];
      const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
      const large = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.6 && style.fontWeight >= 600);
      if (ratio < (large ? 3 : 4.5))
        bad.add(
          `${ratio.toFixed(2)}: ${element.tagName}.${element.className} "${element.textContent.trim().slice(0, 40)}"`,
        );
    }
    return [...bad];
  });
}

/** Findings of axe-core on the page that are serious or critical. Sentences. */
export async function barriers(page) {
  await page.evaluate(axeSource);
  return page.evaluate(async () => {
    const { violations } = await axe.run(document, { resultTypes: ['violations'] });
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, impact, help, nodes }) => {
        const where = nodes.slice(0, 3).map(({ html, target }) => `${target.join(' ')} ${html.slice(0, 160)}`);
        return `axe ${impact} ${id} (${help}) ×${nodes.length}:\n  ${where.join('\n  ')}`;
      });
  });
}
