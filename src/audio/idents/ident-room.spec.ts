import { addDays } from '../../shared/local-time.js';
import { readBuiltInLexicon } from '../../speech/reading/lexicon/lexicon-files.js';
import { prepare } from '../../speech/reading/read.js';
import { defaultReadingSettings } from '../../speech/reading/text/reading.js';
import { estimateClipSeconds } from '../mix/estimate.js';
import { roomForIdent } from './ident-room.js';
import { identParts, identText } from './ident-text.js';

const ward = { kind: 'ward' as const, name: 'Phường Hà Huy Tập' };

it('no day of four years needs more than the room that is kept for it', async () => {
  const reader = prepare([await readBuiltInLexicon()], defaultReadingSettings);
  for (const part of identParts) {
    const room = roomForIdent(part, ward, 160);
    const chimes = { opening: part === 'opening', closing: part === 'closing' };
    for (let date = '2024-01-01'; date < '2028-01-01'; date = addDays(date, 1)) {
      const { spoken } = reader.read(identText(part, ward, date));
      const needed = estimateClipSeconds(spoken, { chimes }) * 1000;
      // A tenth of error in the estimate still fits.
      if (needed * 1.1 > room) throw new Error(`${part} ${date} needs ${needed} of ${room}`);
    }
    expect(room % 1000).toBe(0);
  }
  expect(roomForIdent('opening', ward, 200)).toBeLessThan(roomForIdent('opening', ward, 160));
});
