import { Secret, TOTP } from 'otpauth';

const STEP = 30_000;

/** A phone that makes codes by the clock of the town; none twice, as its owner would wait for the next. */
class Phone {
  last = 0;

  constructor(secret, now) {
    this.totp = new TOTP({ secret: Secret.fromBase32(secret) });
    this.now = now;
  }

  code() {
    this.last = Math.max(this.last + 1, Math.floor(this.now() / STEP));
    return this.totp.generate({ timestamp: this.last * STEP });
  }
}

/** Sets up the codes on their screens, as every approver must; ends on the person's first screen. Returns the phone. */
export async function enrolPhone(person, enrolmentCode, now) {
  await person.open('/bao-mat');
  await person.page.fill('#enrolmentCode', enrolmentCode);
  await person.press('Cài mã xác thực');
  await person.shoot('bao-mat-dien-thoai');
  const secret = (await person.page.locator('code.secret').innerText()).replace(/\s/g, '');
  const phone = new Phone(secret, now);
  await person.page.fill('#code', phone.code());
  await person.press('Xác nhận');
  await person.sees('Mã khôi phục', 'Điện thoại đã được ghi nhận.');
  await person.follow('về trang chính');
  return phone;
}
