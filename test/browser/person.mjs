import { join } from 'node:path';
import { DESK, PHONE } from './cast.mjs';

/** A click is answered within this, also while the two cores of a small machine synthesise speech. */
const PATIENCE = 30_000;

/**
 * Errors that the walk provokes on purpose: missing pages, invalid forms, a recording for a machine with an old ffmpeg.
 */
const refusals = /^(404|409|422) |^503 POST .*\/clips\/upload$/;

/** A person with a browser of his own that records errors. */
export class Person {
  /** What the browser reported: script errors, blocked content, broken pages. */
  complaints = [];

  static async enter({ browser, url, shots }, who, { size = DESK, scripts = true, permissions = [] } = {}) {
    const context = await browser.newContext({
      viewport: size,
      locale: 'vi-VN',
      timezoneId: 'Asia/Ho_Chi_Minh',
      javaScriptEnabled: scripts,
      hasTouch: size === PHONE,
      permissions,
      // A colour in transition is not the one that people read.
      reducedMotion: 'reduce',
    });
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE);
    const person = new Person();
    Object.assign(person, { context, page, url, shots, size, scripts, who });
    page.on('console', (message) => {
      // A refused request is reported below with its address; an aborted request is no fault.
      if (
        message.type() === 'error' &&
        !/^(Failed to load resource|htmx:(sendAbort|afterRequest),)/.test(message.text())
      )
        person.complaints.push(message.text());
    });
    page.on('pageerror', (error) => person.complaints.push(String(error)));
    page.on('response', (answer) => {
      const what = `${answer.status()} ${answer.request().method()} ${new URL(answer.url()).pathname}`;
      if (answer.status() >= 400 && !refusals.test(what)) person.complaints.push(what);
    });
    await person.comeBack();
    return person;
  }

  /** Signs in; also on the next day, when yesterday's session has expired. */
  async comeBack() {
    await this.open('/dang-nhap');
    await this.page.fill('[name=username]', this.who.username);
    await this.page.fill('[name=password]', this.who.password);
    await this.press('Đăng nhập');
    if (this.path() === '/bao-mat/mat-khau') await this.choosePassword();
  }

  /** A password that an administrator chose is valid for this once. */
  async choosePassword() {
    const own = `${this.who.password}, của riêng mình`;
    await this.page.fill('[name=current]', this.who.password);
    await this.page.fill('[name=next]', own);
    await this.page.fill('[name=repeated]', own);
    await this.shoot('mat-khau-dau-tien');
    await this.press('Đổi mật khẩu');
    this.who.password = own;
    await this.open('/');
  }

  async open(path) {
    const answer = await this.page.goto(this.url + path);
    return answer.status();
  }

  /** Clicks the button of this name, in `within` where it is given, and waits for the next page. */
  async press(name, within = this.page) {
    const target = within.getByRole('button', { name, exact: true }).first();
    await Promise.all([this.page.waitForNavigation(), target.click()]);
  }

  async follow(name) {
    await Promise.all([this.page.waitForNavigation(), this.page.getByRole('link', { name }).first().click()]);
  }

  /** Opens the folded section under this heading, unless it is open. */
  async unfold(name) {
    const fold = this.page.locator('main details', { has: this.page.locator('summary', { hasText: name }) }).first();
    if (!(await fold.evaluate((one) => one.open))) await fold.locator('summary').first().click();
    return fold;
  }

  /** The text of the page. */
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

  /** The same for a page that changes by itself. */
  async awaits(text) {
    await this.page.locator('main').getByText(text).first().waitFor();
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
