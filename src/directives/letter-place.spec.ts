import type { Unit } from '../people/units/unit.entity.js';
import { isOurLetter } from './letter-place.js';

const unit = (kind: Unit['kind'], name: string) => ({ kind, name, active: true });
const units = [
  unit('city', 'Thành phố Hà Tĩnh'),
  unit('committee', 'Ủy ban nhân dân thành phố Hà Tĩnh'),
  unit('ward', 'Phường Bắc Hà'),
  unit('commune', 'Xã Thạch Hạ'),
];
const general = ['Ủy ban nhân dân các phường, xã'];
const letter = (issuer: string | null, place: string | null, to: string[] = general) => ({
  issuer,
  place,
  to,
  recipients: [],
});

describe('whose letter it is', () => {
  it.each([
    ['of our committee', letter('Ủy ban nhân dân thành phố Hà Tĩnh', 'Hà Tĩnh')],
    ['of our province', letter('Ủy ban nhân dân tỉnh Hà Tĩnh', 'Hà Tĩnh')],
    ['of an office that names no place, issued here', letter('Sở Y tế', 'Hà Tĩnh')],
    ['of a ward of ours', letter('UBND phường Bắc Hà', 'Bắc Hà')],
    ['of a ministry', letter('Bộ Y tế', 'Hà Nội')],
    ['of another place, to a unit of ours by name', letter('UBND tỉnh Nghệ An', 'Vinh', ['UBND phường Bắc Hà'])],
    ['of nobody who is named', letter(null, null)],
  ])('ours: %s', (_, head) => {
    expect(isOurLetter(head, units)).toBe(true);
  });

  it.each([
    ['another city, to its own wards', letter('Ủy ban nhân dân thành phố Đà Nẵng', 'Đà Nẵng')],
    ['a military command that begins like a ministry', letter('Bộ Chỉ huy Quân sự tỉnh Nghệ An', 'Vinh')],
    ['another ward', letter('UBND phường Hải Châu', 'Hải Châu')],
    ['a name that only contains ours', letter('UBND xã Thạch Hạnh', 'Thạch Hạnh')],
  ])('not ours: %s', (_, head) => {
    expect(isOurLetter(head, units)).toBe(false);
  });

  it('nothing is asked where there are no units yet', () => {
    expect(isOurLetter(letter('UBND thành phố Đà Nẵng', 'Đà Nẵng'), [])).toBe(true);
  });
});
