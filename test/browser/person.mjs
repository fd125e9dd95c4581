import { join } from 'node:path';
import { DESK, PHONE } from './cast.mjs';

/** A press is answered within this, also while the two cores of a small machine read speech. */
const PATIENCE = 30_000;

/** What the walk asks for on purpose: what is not there, what is wrong in a form, a recording for a machine with an old ffmpeg. */
const refusals = /^(404|409|422) |^503 POST .*\/clips\/upload$/;

/** Somebody in front of a browser of his own, who notices what goes wrong in it. */
export class Person {
  /** What the browser complained of: scripts, blocked content, pages that broke. */
  complaints = [];

  static async enter({ browser, url, shots }, who, { size = DESK, scripts = true, permissions = [] } = {}) {
    const context = await browser.newContext({
      viewport: size,
      locale: 'vi-VN',
      timezoneId: 'Asia/Ho_Chi_Minh',
      javaScriptEnabled: scripts,
      hasTouch: size === PHONE,
      permissions,
      // A colour that is on its way to another one is not what anybody reads.
      reducedMotion: 'reduce',
    });
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE);
    const person = new Person();
    Object.assign(person, { context, page, url, shots, size, scripts, who });
    page.on('console', (message) => {
      // What was refused is told below with its address; a question that was taken back for another is no fault.
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

  /** Through the door; also after a night, when the session of yesterday is over. */
  async comeBack() {
    await this.open('/dang-nhap');
    await this.page.fill('[name=username]', this.who.username);
    await this.page.fill('[name=password]', this.who.password);
    await this.press('Đăng nhập');
    if (this.path() === '/bao-mat/mat-khau') await this.choosePassword();
  }

  /** What an administrator chose is good for this once. */
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

  /** Presses the button of this name, in `within` where it is given, and waits for the page that comes. */
  async press(name, within = this.page) {
    const target = within.getByRole('button', { name, exact: true }).first();
    await Promise.all([this.page.waitForNavigation(), target.click()]);
  }

  async follow(name) {
    await Promise.all([this.page.waitForNavigation(), this.page.getByRole('link', { name }).first().click()]);
  }

  /** Opens what is folded under this heading, unless it is open. */
  async unfold(name) {
    const fold = this.page.locator('main details', { has: this.page.locator('summary', { hasText: name }) }).first();
    if (!(await fold.evaluate((one) => one.open))) await fold.locator('summary').first().click();
    return fold;
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

  /** The same of a page that changes by itself. */
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
