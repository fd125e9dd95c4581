import { unreachable } from '../shared/transitions.js';
import { versionTransitions } from './script-version.transitions.js';

describe('the states of a script version', () => {
  it('every state can be reached', () => expect(unreachable(versionTransitions, 'draft')).toEqual([]));
  it('what was returned or voided is never approved again: it needs a new version', () => {
    expect(versionTransitions.returned).toEqual(['superseded']);
    expect(versionTransitions.voided).toEqual(['superseded']);
  });
});
