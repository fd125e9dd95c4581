import type { LocalDate } from '../../shared/local-time.js';
import { type BulletinClass, bulletinClasses, bulletinClassNames } from '../../campaigns/bulletin-class.js';
import type { Directive } from '../../directives/directive.entity.js';
import type { Obligation } from '../../directives/obligation.entity.js';
import { upperFirst } from '../language/words.js';
import { translate } from '../language/language.js';

/** The fields of the form for a campaign. */
export interface CampaignForm {
  name: string;
  from: string;
  until: string;
  bulletinClass: BulletinClass;
}

/**
 * A campaign from the first day that still has a session to the last day of the letter's obligations. Without a last day the field stays empty: a
 * campaign of one day would be a wrong guess.
 */
export function suggestedCampaign(
  { number }: Pick<Directive, 'number'>,
  obligations: readonly Pick<Obligation, 'until'>[],
  first: LocalDate,
): CampaignForm {
  const named = obligations.map((one) => one.until).filter((date) => date !== null && date >= first);
  const name = `Tuyên truyền theo văn bản ${number}`;
  return { name, from: first, until: named.sort().at(-1) ?? '', bulletinClass: 'normal' };
}

export function campaignForm({ bulletinClass, ...form }: CampaignForm, open: boolean) {
  const classes = bulletinClasses.map((value) => ({
    value,
    name: upperFirst(translate(bulletinClassNames[value])),
    chosen: value === bulletinClass,
  }));
  return { ...form, classes, open };
}
