/** Faults in the transition tables and in the code that applies them; the form is that of security.mjs. */
const closing = ['test/journeys/campaign-closing'];
const tables = ['test/transitions.spec'];
const verdict = ['src/proof/verdict.spec'];
const proof = ['test/journeys/proof.journey'];

const fault = (name, file, find, put, tests) => ({ name, file, find, put, tests });
const unasked = (file, table) => fault(`${table} is not asked`, file, `move(${table}, `, 'void (', tables);

export const mutants = [
  unasked('src/audio/clips/transition-clip.ts', 'clipTransitions'),
  unasked('src/audio/idents/transition-ident.ts', 'stationIdentTransitions'),
  unasked('src/campaigns/transition-campaign.ts', 'campaignTransitions'),
  unasked('src/schedule/changes/transition-make-good.ts', 'makeGoodTransitions'),
  unasked('src/schedule/placing/transition-ward-decision.ts', 'wardDecisionTransitions'),
  unasked('src/approvals/void-approval.ts', 'approvalTransitions'),
  fault(
    'a clip is moved past its function',
    'src/audio/clips/render-clip.job.ts',
    "await transitionClip(tx, { id, from: 'waiting' }, 'ready', {",
    "await tx.update(Clip, { id }, { state: 'ready',",
    tables,
  ),
  fault(
    'a closed campaign goes on',
    'src/campaigns/transition-campaign.ts',
    "if (state === 'open') return;",
    'return;',
    closing,
  ),
  fault(
    'a campaign is cancelled without a reason',
    'src/campaigns/campaigns.service.ts',
    "if (state === 'cancelled' && why.length < 3) throw reasonNeeded();",
    '',
    closing,
  ),
  fault(
    'a slot on the air is taken out',
    'src/schedule/plans/campaign-closing.listener.ts',
    'MoreThan(this.clock.now())',
    'MoreThan(0)',
    closing,
  ),
  fault(
    'make-goods of a closed campaign stand',
    'src/schedule/plans/campaign-closing.listener.ts',
    'await this.dismissMakeGoods(tx, campaignId, sentence);',
    '',
    closing,
  ),
  fault(
    'a miss of a closed campaign is made good',
    'src/schedule/changes/make-goods.service.ts',
    "if (campaign && campaign.state !== 'open') continue;",
    '',
    closing,
  ),
  fault(
    'a closed campaign is planned again',
    'src/schedule/demands/campaign-demands.service.ts',
    "{ state: 'open' as const, ...(",
    '{ ...(',
    closing,
  ),
  fault(
    'posts of a closed campaign stand',
    'src/posts/posts.listener.ts',
    'this.transitions.cancelUnsent(tx, { campaignId }, sentence)',
    'Promise.resolve()',
    closing,
  ),
  fault(
    'a campaign is closed from the page of another letter',
    'src/pages/directives/directives.page.ts',
    'one.id === campaignId && one.directiveId === directiveId',
    'one.id === campaignId',
    closing,
  ),
  fault('silence is not told', 'src/proof/verdict.ts', "noWord: known.state === 'missed'", 'noWord: false', verdict),
  fault(
    'silence is not stored',
    'src/proof/reconciliation.service.ts',
    'evidenceUntil: until, noWord, by',
    'evidenceUntil: until, noWord: false, by',
    proof,
  ),
  fault(
    'silence outlives the evidence',
    'src/schedule/changes/slot-outcomes.service.ts',
    '{ reason, evidenceUntil, noWord });',
    '{ reason, evidenceUntil });',
    proof,
  ),
  fault(
    'nobody is told that a device will speak',
    'src/pages/today/today.view.ts',
    'device: proof?.awaitsDevice ?? false',
    'device: false',
    ['src/pages/today'],
  ),
];
