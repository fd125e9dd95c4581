import { LRUCache } from 'lru-cache';

/**
 * Whether a word is possible in Vietnamese spelling: onset + rime + tone, by the rules of the alphabet (k, gh, ngh only
 * before e ê i y; stops only with sắc or nặng). Meaning is not checked: 'tin' passes, 'zalo' does not.
 */
const onsets = new Set('b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x'.split(' ').concat(''));

const rimes = new Set(
  (
    'a ac ach ai am an ang anh ao ap at au ay ă ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây ' +
    'e ec em en eng eo ep et ê êch êm ên ênh êp êt êu êng i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu ' +
    'o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oep oet oi om on ong ooc oong op ot ' +
    'ô ôc ôi ôm ôn ông ôông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uâng uât uây uc ui um un ung uôc uôi uôm uôn uông uôt up ut ' +
    'uê uêch uên uênh uêu uơ uy uya uych uyên uyêt uyn uynh uyp uyt uyu ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu ' +
    'y yêm yên yêng yêt yêu ynh yt ych yn ym'
  ).split(' '),
);
/** Rimes after qu, where the u belongs to the onset. */
const afterQu = new Set(
  'a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc ân âng ât ây âu e en eo et ê êch ên ênh êt êu i ich in inh it iu it ơ ơi ơn ơt y ych yên yêt yn ynh yt ym ôc'.split(
    ' ',
  ),
);
/** Rimes after gi, where the i belongs to the onset and is not written twice: gì, gìn, giếng. */
const afterGi = new Set('êc êm ên êng êt êu êp'.split(' ').concat([...rimes].filter((rime) => !/^[iy]/.test(rime))));

const soft = /^[eêiy]/;
const stopped = /(?:[cpt]|ch)$/;
const vowels: [string, string][] = [
  ['a', 'àáảãạ'],
  ['ă', 'ằắẳẵặ'],
  ['â', 'ầấẩẫậ'],
  ['e', 'èéẻẽẹ'],
  ['ê', 'ềếểễệ'],
  ['i', 'ìíỉĩị'],
  ['o', 'òóỏõọ'],
  ['ô', 'ồốổỗộ'],
  ['ơ', 'ờớởỡợ'],
  ['u', 'ùúủũụ'],
  ['ư', 'ừứửữự'],
  ['y', 'ỳýỷỹỵ'],
];
const toneless = new Map(
  vowels.flatMap(([base, toned]) => [...toned].map((char, tone) => [char, { base, tone }] as const)),
);

const plainRimes = new Set([...rimes].map((rime) => unmarked(rime)));

const known = new LRUCache<string, boolean>({ max: 20_000 });

/** `word` in lower case, NFC. */
export function isSyllable(word: string): boolean {
  const answer = known.get(word);
  if (answer !== undefined) return answer;
  const found = look(word);
  known.set(word, found);
  return found;
}

function look(word: string): boolean {
  if (word.length > 7) return false;
  let bare = '';
  let tone = -1;
  for (const char of word) {
    const mark = toneless.get(char);
    if (mark && tone >= 0) return false;
    if (mark) tone = mark.tone;
    bare += mark ? mark.base : char;
  }
  // Sắc is 1 and nặng 4: the only tones a stopped syllable can carry.
  if (stopped.test(bare) && tone !== 1 && tone !== 4) return false;
  return fits(bare);
}

function fits(bare: string): boolean {
  // The announcers' spelling of Gmail; no other word has this rime.
  if (bare === 'giy') return true;
  if (bare.startsWith('qu')) return afterQu.has(bare.slice(2));
  if (bare.startsWith('gi') && (bare === 'gi' || afterGi.has(bare.slice(2)) || /^gi(?:n|m|p|t|ch|nh)$/.test(bare)))
    return true;
  for (const length of [3, 2, 1, 0]) {
    const onset = bare.slice(0, length);
    const rime = bare.slice(length);
    if (onset.length !== length || !onsets.has(onset) || !rimes.has(rime)) continue;
    if (onset === 'gi' || onset === 'qu') continue;
    if (/^(?:k|gh|ngh)$/.test(onset)) return soft.test(rime);
    if (/^(?:c|g|ng)$/.test(onset)) return !soft.test(rime);
    return true;
  }
  return false;
}

/** Removes diacritics, as in an address: đường → duong. */
function unmarked(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/g, 'd');
}

/** Whether `word`, written without diacritics, could be a syllable: duong, tiem, nguyen. */
export function isUnmarkedSyllable(word: string): boolean {
  if (word.length < 2 || word.length > 7) return false;
  return [3, 2, 1, 0].some((length) => onsets.has(word.slice(0, length)) && plainRimes.has(word.slice(length)));
}
