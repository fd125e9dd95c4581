import { Secret, TOTP } from 'otpauth';

/** Sets up the codes of a phone on the screens for it, as whoever approves must; ends on the person's first screen. Answers the phone. */
export async function enrolPhone(person) {
  await person.open('/bao-mat');
  await person.press('Cài mã xác thực');
  await person.shoot('bao-mat-dien-thoai');
  const secret = (await person.page.locator('code.secret').innerText()).replace(/\s/g, '');
  const phone = new TOTP({ secret: Secret.fromBase32(secret) });
  await person.page.fill('#code', phone.generate());
  await person.press('Xác nhận');
  await person.sees('Mã khôi phục', 'Điện thoại đã được ghi nhận.');
  await person.follow('về trang chính');
  return phone;
}
