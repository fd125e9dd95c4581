import { announcement, asText } from './announcements.mjs';
import { middle, round } from './median.mjs';
import { openRenderHouse, plainEncode } from './render-house.mjs';

/** New words each time, so that no cache answers; the process is warm, as a server is. */
async function fresh(house, minutes, runs, say) {
  const ratios = [];
  const seconds = [];
  for (let run = 0; run < runs; run++) {
    const made = await house.render(asText(announcement(minutes, minutes * 10 + run + 1)));
    const plain = plainEncode(made, house.folder);
    seconds.push(made.ms / 1000);
    ratios.push(made.ms / 1000 / plain);
    say(`${minutes} min: ${round(made.seconds, 0)} s of sound, ${round(made.ms / 1000)} s against ${round(plain)} s`);
  }
  return { ratio: round(middle(ratios)), seconds: middle(seconds) };
}

async function again(house, runs, say) {
  const sentences = announcement(10, 101);
  const shares = [];
  const unchanged = [];
  let asked = 0;
  for (let run = 0; run < runs; run++) {
    const same = await house.render(asText(sentences));
    unchanged.push(same.ms);
    asked += same.asked;
    const changed = [...sentences];
    changed[11 + run * 17] = `Riêng tổ dân phố số ${run + 2} họp vào chiều mai, ở nhà ông tổ trưởng.`;
    const { ms } = await house.render(asText(changed));
    shares.push(ms / 1000);
    say(
      `unchanged ${round(same.ms, 0)} ms (${same.asked} sentences asked for), one sentence changed ${round(ms / 1000)} s`,
    );
  }
  return { unchangedMs: Math.round(middle(unchanged)), unchangedAsked: asked, changedSeconds: middle(shares) };
}

/**
 * Ratio of script → clip to ffmpeg's plain mp3 encode of the same audio, side by side; memory of the whole process tree
 * at nearly an hour, the maximum length of a clip; the cost of an unchanged clip and of one changed sentence in ten
 * minutes.
 */
export async function bench(say) {
  let house = await openRenderHouse();
  const figures = {};
  try {
    await house.render(asText(announcement(0.3, 7)));
    const one = await fresh(house, 1, 7, say);
    const ten = await fresh(house, 10, 3, say);
    const { unchangedMs, unchangedAsked, changedSeconds } = await again(house, 3, say);
    Object.assign(figures, { ratio1: one.ratio, ratio10: ten.ratio });
    Object.assign(figures, { unchangedMs, unchangedAsked, oneSentenceShare: round(changedSeconds / ten.seconds) });
  } finally {
    await house.close();
  }
  house = await openRenderHouse(250);
  try {
    const hour = await fresh(house, 55, 1, say);
    Object.assign(figures, { ratio60: hour.ratio, peakMb60: house.peakMb(), peakRssMb60: house.peakRssMb() });
  } finally {
    await house.close();
  }
  return figures;
}
