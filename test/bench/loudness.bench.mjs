import { spawnSync } from 'node:child_process';
import { announcement, asText } from './announcements.mjs';
import { round } from './median.mjs';
import { openRenderHouse } from './render-house.mjs';

const targets = {
  horn: { loudness: -16, truePeak: -2 },
  fm: { loudness: -18, truePeak: -2 },
  web: { loudness: -16, truePeak: -1.5 },
};

/** Measured by ffmpeg's ebur128 on the delivered file, not by our own meter, which decided whether it is delivered. */
function measured({ file, ffmpeg }) {
  const args = [
    '-hide_banner',
    '-nostats',
    '-nostdin',
    '-i',
    file,
    '-filter_complex',
    'ebur128=peak=true',
    '-f',
    'null',
    '-',
  ];
  const { stderr } = spawnSync(ffmpeg, args, { encoding: 'utf8' });
  const summary = stderr.slice(stderr.lastIndexOf('Integrated loudness:'));
  const number = (pattern) => Number(pattern.exec(summary)?.[1]);
  return { loudness: number(/\bI:\s+(-?[\d.]+) LUFS/), truePeak: number(/\bPeak:\s+(-?[\d.]+) dBFS/) };
}

/**
 * 20 scripts from ten seconds to four minutes in three profiles: the largest deviation in LU, and how far the highest
 * peak is over its ceiling (negative: under).
 */
export async function bench(say) {
  const house = await openRenderHouse();
  let worstLu = 0;
  let worstTp = -Infinity;
  let sumLu = 0;
  try {
    for (let n = 0; n < 20; n++) {
      const text = asText(announcement(n % 5 === 4 ? 4 : 0.15 + n * 0.06, 500 + n));
      for (const [profile, target] of Object.entries(targets)) {
        const { loudness, truePeak } = measured(await house.render(text, profile));
        const miss = Math.abs(loudness - target.loudness);
        if (miss > 0.3 || truePeak > target.truePeak - 0.2)
          say(`script ${n + 1}, ${profile}: ${loudness} LUFS, ${truePeak} dBTP`);
        worstLu = Math.max(worstLu, miss);
        worstTp = Math.max(worstTp, truePeak - target.truePeak);
        sumLu += miss;
      }
    }
  } finally {
    await house.close();
  }
  return { clips: 60, worstLu: round(worstLu), worstTp: round(worstTp), meanLu: round(sumLu / 60) };
}
