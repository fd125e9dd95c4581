import type { Rule } from '../words/rule-context.js';
import { codeRules, inOneRule, numberedCodeRule } from './code.rule.js';
import { coordinateRule } from './coordinate.rule.js';
import { dateRules } from './date.rule.js';
import { initialsRules } from './initials.rule.js';
import { listLetterRule, listNumberRule } from './list.rule.js';
import {
  documentCodeRules,
  documentNumberRule,
  draftNumberRule,
  gluedKindRule,
  namedPaperRule,
  noughtOfPaperRule,
  paperOfYearRule,
} from './document-number.rule.js';
import { bareUnitRule, measureRules, timesRule } from './measure.rule.js';
import { moneyRules, moneySignRule } from './money.rule.js';
import { monthAloneRule, monthRules, quarterRule, shortMonthRule, shortMonthsRule } from './month.rule.js';
import { numberedCapitalsRules } from './numbered-capitals.rule.js';
import { numberRules } from './number.rule.js';
import { ordinalRules, weekdayPointRule, weekdayRule, weekdaysRule } from './ordinal.rule.js';
import { hiddenPhoneRule, phonePrefixRule, phoneRules, phoneSignRules } from './phone.rule.js';
import { plateRule } from './plate.rule.js';
import { romanRules } from './roman.rule.js';
import { aroundTheClockRule, slashRules } from './slash.rule.js';
import { fileNumberRule } from './serial.rule.js';
import { fileEndingRule, signRules } from './sign.rule.js';
import { timeRules } from './time.rule.js';
import { wardNumberRule } from './ward-number.rule.js';

/** Tried in this order at a digit: longer and rarer forms come before the forms they contain. */
export const digitRules: readonly Rule[] = [
  listNumberRule,
  fileNumberRule,
  coordinateRule,
  documentNumberRule,
  paperOfYearRule,
  noughtOfPaperRule,
  plateRule,
  aroundTheClockRule,
  ...dateRules,
  hiddenPhoneRule,
  ...phoneRules,
  phonePrefixRule,
  ...monthRules,
  quarterRule,
  ...ordinalRules,
  ...timeRules,
  ...moneyRules,
  ...measureRules,
  ...slashRules,
  inOneRule,
  numberedCodeRule,
  ...numberRules,
];

/** Tried at letters that are in no lexicon and are no plain words. */
export const letterRules: readonly Rule[] = [
  listLetterRule,
  quarterRule,
  shortMonthsRule,
  shortMonthRule,
  monthAloneRule,
  weekdaysRule,
  weekdayRule,
  weekdayPointRule,
  timesRule,
  ...numberedCapitalsRules,
  ...initialsRules,
  gluedKindRule,
  namedPaperRule,
  wardNumberRule,
  ...romanRules,
  ...documentCodeRules,
  ...codeRules,
  bareUnitRule,
];

export const signStartRules: readonly Rule[] = [
  ...phoneSignRules,
  fileEndingRule,
  moneySignRule,
  draftNumberRule,
  ...signRules,
];
