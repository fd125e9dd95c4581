import { join } from 'node:path';

export const DESK = { width: 1440, height: 900 };
export const PHONE = { width: 390, height: 844 };

/** Somebody in front of a browser of his own, who notices what goes wrong in it. */
export class Person {
  /** What the browser complained of: scripts, blocked content, pages that broke. */
  complaints = [];

  static async enter({ browser, url, shots }, { username, password }, { size = DESK, scripts = true } = {}) {
    const context = await browser.newContext({
      viewport: size,
      locale: 'vi-VN',
      timezoneId: 'Asia/Ho_Chi_Minh',
      javaScriptEnabled: scripts,
      hasTouch: size === PHONE,
      // A colour that is on its way to another one is not what anybody reads.
      reducedMotion: 'reduce',
    });
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    const person = new Person();
    Object.assign(person, { context, page, url, shots, size, scripts });
    page.on('console', (message) => message.type() === 'error' && person.complaints.push(message.text()));
    page.on('pageerror', (error) => person.complaints.push(String(error)));
    page.on(
      'response',
      (answer) => answer.status() >= 500 && person.complaints.push(`${answer.status()} ${answer.url()}`),
    );
    await person.open('/dang-nhap');
    await page.fill('[name=username]', username);
    await page.fill('[name=password]', password);
    await person.press('Đăng nhập');
    return person;
  }

  async open(path) {
    const answer = await this.page.goto(this.url + path);
    return answer.status();
  }

  /** Presses what has this name and waits for the page that comes. */
  async press(name) {
    const target = this.page.getByRole('button', { name, exact: true }).first();
    await Promise.all([this.page.waitForNavigation(), target.click()]);
  }

  async follow(name) {
    await Promise.all([this.page.waitForNavigation(), this.page.getByRole('link', { name }).first().click()]);
  }

  /** What is written on the page. */
  text() {
    return this.page.locator('main').innerText();
  }

  async sees(...wanted) {
    const text = (await this.text()).replace(/\s+/g, ' ');
    for (const one of wanted) {
      const there = one instanceof RegExp ? one.test(text) : text.includes(one);
      if (!there) throw new Error(`"${one}" is not on ${this.page.url()}:\n${text.slice(0, 1500)}`);
    }
  }

  path() {
    return new URL(this.page.url()).pathname;
  }

  async shoot(name) {
    if (!this.shots) return;
    await this.page.screenshot({ path: join(this.shots, `${name}-${this.size.width}.png`), fullPage: true });
  }

  async leave() {
    await this.context.close();
  }
}
