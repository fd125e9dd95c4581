import { barriers, faults, paleText, unfold } from './on-page.mjs';

/**
 * Checks every screen of one person at this size: for small phones, the keyboard, screen readers and weak eyes, light
 * and dark.
 */
export async function lookOver(town, person, screens) {
  for (const [where, name] of screens) {
    const path = typeof where === 'function' ? where() : where;
    await town.check(`${String(path).replace(/[0-9a-f-]{36}/g, '…')} is in order`, async () => {
      const status = await person.open(path);
      if (status >= 400 && name !== 'loi') throw new Error(`${path}: ${status}`);
      await person.shoot(name);
      await unfold(person.page);
      const found = [
        ...(await faults(person.page)),
        ...(await paleText(person.page)),
        ...(await barriers(person.page)),
      ];
      await person.page.emulateMedia({ colorScheme: 'dark' });
      found.push(...(await paleText(person.page)).map((one) => `dark ${one}`));
      await person.page.emulateMedia({ colorScheme: 'light' });
      if (found.length > 0) throw new Error(found.join('\n'));
    });
  }
}
