import type { Rule } from '../scene.js';
import { codeRules, numberedCodeRule } from './code.rule.js';
import { dateRules } from './date.rule.js';
import { listLetterRule, listNumberRule } from './list.rule.js';
import { documentCodeRules, documentNumberRule, draftNumberRule } from './document-number.rule.js';
import { bareUnitRule, measureRules, timesRule } from './measure.rule.js';
import { moneyRules, moneySignRule } from './money.rule.js';
import { monthRules, quarterRule } from './month.rule.js';
import { numberRules } from './number.rule.js';
import { ordinalRules, weekdayRule } from './ordinal.rule.js';
import { phoneRules, phoneSignRules } from './phone.rule.js';
import { plateRule } from './plate.rule.js';
import { romanRules } from './roman.rule.js';
import { aroundTheClockRule, slashRules } from './slash.rule.js';
import { signRules } from './sign.rule.js';
import { timeRules } from './time.rule.js';

/** Tried in this order where a digit stands: what is longer and rarer comes before what it contains. */
export const digitRules: readonly Rule[] = [
  listNumberRule,
  documentNumberRule,
  plateRule,
  aroundTheClockRule,
  ...dateRules,
  ...phoneRules,
  ...monthRules,
  quarterRule,
  ...ordinalRules,
  ...timeRules,
  ...moneyRules,
  ...measureRules,
  ...slashRules,
  numberedCodeRule,
  ...numberRules,
];

/** Tried where letters stand that no lexicon knows and that are not plain words. */
export const letterRules: readonly Rule[] = [
  listLetterRule,
  quarterRule,
  weekdayRule,
  timesRule,
  ...romanRules,
  ...documentCodeRules,
  ...codeRules,
  bareUnitRule,
];

export const signStartRules: readonly Rule[] = [...phoneSignRules, moneySignRule, draftNumberRule, ...signRules];
