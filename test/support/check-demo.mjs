/**
 * Checks two runs of `loa demo --json` on one machine: everything is present, files exist, the second run added
 * nothing.
 */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';

const [first, second, doctor] = process.argv.slice(2).map((file) => JSON.parse(readFileSync(file, 'utf8')));

for (const run of [first, second]) {
  assert.match(run.directive.number, /^\d+\/\S+$/);
  assert.ok(run.obligations.length > 0, 'obligations');
  assert.equal(
    run.channels.total,
    Object.values(run.channels.byKind).reduce((a, b) => a + b, 0),
  );
  assert.ok(run.scripts.length >= 3 && run.clips.length >= 1);
  for (const clip of run.clips) {
    assert.ok(existsSync(clip.file), clip.file);
    assert.ok(clip.seconds > 10 && clip.truePeakDbtp <= -1.5, `clip ${clip.sha256}`);
  }
  // Ten days that are over, today and tomorrow.
  assert.ok(run.slots.planned >= 16 * 12, `slots ${run.slots.planned}`);
  assert.equal(run.playlists.length, 16 * 12);
  for (const list of run.playlists)
    for (const kind of ['json', 'm3u8', 'xspf']) assert.ok(existsSync(list[kind]), list[kind]);
  assert.equal(run.posts.length, 12);
  assert.equal(run.asRun.planned, run.asRun.played + run.asRun.missed);
  assert.ok(
    run.asRun.missed > 0 && run.asRun.played > 50 * run.asRun.missed,
    'nearly all played, one ward missed a morning',
  );
  assert.ok(existsSync(run.report.csv));
}
assert.equal(second.slots.placedNow, 0, 'the second run placed slots');
assert.deepEqual(second.asRun, first.asRun);
assert.equal(second.slots.planned, first.slots.planned);
assert.deepEqual(
  second.scripts.map((s) => s.id),
  first.scripts.map((s) => s.id),
);
assert.deepEqual(
  second.clips.map((c) => c.sha256),
  first.clips.map((c) => c.sha256),
);
const total = Object.values(first.seconds).reduce((a, b) => a + b, 0);
console.log('seconds of the first run', JSON.stringify(first.seconds), 'total', total.toFixed(1));
if (doctor)
  assert.ok(
    doctor.findings
      .filter((f) => ['ffmpeg', 'ffprobe', 'espeak'].includes(f.what))
      .every((f) => f.detail.includes('bản kèm theo')),
    'bundled tools',
  );
console.log('1 passed, 0 failed');
