import type { RuleContext } from './rule-context.js';

/** Units with their spoken forms. Case matters only where it distinguishes two units (MW, mW). */
const table = `
mm	mi li mét
cm	xăng ti mét
dm	đề xi mét
m	mét
km	ki lô mét
mm2	mi li mét vuông
cm2	xăng ti mét vuông
m2	mét vuông
km2	ki lô mét vuông
mm3	mi li mét khối
cm3	xăng ti mét khối
dm3	đề xi mét khối
m3	mét khối
ha	héc ta
mg	mi li gam
g	gam
gr	gam
kg	ki lô gam
ml	mi li lít
cl	xăng ti lít
dl	đề xi lít
l	lít
cc	xê xê
t	tấn
kw	ki lô oát
kwh	ki lô oát giờ
kv	ki lô vôn
kva	ki lô vôn am pe
kn	ki lô niu tơn
mah	mi li am pe giờ
ma	mi li am pe
mv	mi li vôn
gw	gi ga oát
tw	tê ra oát
v	vôn
hz	hẹc
khz	ki lô hẹc
mhz	mê ga hẹc
ghz	gi ga hẹc
kb	ki lô bai
mb	mê ga bai
gb	gi ga bai
tb	tê ra bai
kbps	ki lô bít trên giây
mbps	mê ga bít trên giây
gbps	gi ga bít trên giây
hp	mã lực
db	đề xi ben
dba	đề xi ben a
mp	mê ga pích xeo
megapixel	mê ga pích xeo
ppm	phần triệu
mmhg	mi li mét thủy ngân
mmol	mi li mon
iu	đơn vị quốc tế
ui	đơn vị quốc tế
hpa	héc tô pát can
bar	bar
diop	đi ốp
đp	đi ốp
cv	mã lực
btu	bê tê u
kpa	ki lô pát can
mpa	mê ga pát can
kcal	ki lô ca lo
kj	ki lô giun
inch	inch
rpm	vòng trên phút
μg	mi cờ rô gam
mcg	mi cờ rô gam
μm	mi cờ rô mét
μl	mi cờ rô lít
°c	độ xê
°f	độ ép
°k	độ ca
°n	độ vĩ Bắc
°e	độ kinh Đông
°b	độ vĩ Bắc
°đ	độ kinh Đông
°	độ
nm	na nô mét
mol	mon
`;
const exact: Readonly<Record<string, string>> = {
  oC: 'độ xê',
  W: 'oát',
  MW: 'mê ga oát',
  mW: 'mi li oát',
  MWh: 'mê ga oát giờ',
  Wh: 'oát giờ',
  MWp: 'mê ga oát đỉnh',
  kWp: 'ki lô oát đỉnh',
  MVA: 'mê ga vôn am pe',
  Ah: 'am pe giờ',
  Ω: 'ôm',
  Pa: 'pát can',
};

const units = new Map(
  table
    .trim()
    .split('\n')
    .map((line) => line.split('\t') as [string, string]),
);

/** Case-insensitive forms, for headings and careless spelling; of MW and mW the first wins. */
const anyCase = new Map(
  Object.entries(exact)
    .reverse()
    .map(([form, said]) => [form.toLowerCase(), said]),
);

/** The spoken form of a unit: 'km2', 'KM2' and 'km²' alike; undefined for other text. */
export function unitWords(written: string): string | undefined {
  const lower = written.toLowerCase().replace('²', '2').replace('³', '3');
  return exact[written] ?? units.get(lower) ?? anyCase.get(lower);
}

/** The spoken form of a unit, where a ward's or the centre's own word takes precedence; other text stays as written. */
export function unitIn({ lexicon }: Pick<RuleContext, 'lexicon'>, written: string): string {
  return lexicon.kept(written) ?? unitWords(written) ?? written;
}

const forms = [...units.keys(), ...Object.keys(exact)];
/** All units as one regular-expression alternation, longest first, superscripts allowed. Needs the flag i. */
export const UNIT = [...new Set(forms.map((form) => form.toLowerCase()))]
  .sort((a, b) => b.length - a.length)
  .map((form) => form.replace(/2$/, '[2²]').replace(/3$/, '[3³]'))
  .join('|');

/** Denominators of a rate, besides units: 3 lần/ngày, 50.000 đồng/hộ/năm. */
export const PER: Readonly<Record<string, string>> = { h: 'giờ', s: 'giây', min: 'phút', phút: 'phút', d: 'ngày' };
