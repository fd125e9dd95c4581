import { ruleNames } from './rule-names.js';
import { digitRules, letterRules, signStartRules } from './rules/index.js';
import { netRules } from './rules/net.rule.js';
import { roadPostRule, roadRule } from './rules/code.rule.js';

it('every rule has a name that a person understands', () => {
  const rules = [...digitRules, ...letterRules, ...signStartRules, ...netRules, roadRule, roadPostRule];
  const nameless = rules.map((rule) => rule.name).filter((name) => name !== 'pause' && ruleNames[name] === undefined);
  expect(nameless).toEqual([]);
});
