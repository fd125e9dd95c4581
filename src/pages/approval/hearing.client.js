/* Tells the server when a clip was played from beginning to end: every stretch of it, in any order. */
(() => {
  const token = () => document.querySelector('meta[name="csrf-token"]').content;
  /** Seconds that a player may skip at its ends and between two stretches without anybody missing a word. */
  const TOLERANCE = 0.5;

  const heard = (audio) => {
    const { duration, played } = audio;
    if (!Number.isFinite(duration) || duration <= 0 || played.length === 0) return false;
    let until = 0;
    for (let n = 0; n < played.length; n++) {
      if (played.start(n) > until + TOLERANCE) return false;
      until = Math.max(until, played.end(n));
    }
    return until >= duration - TOLERANCE;
  };

  for (const clip of document.querySelectorAll('.clip[data-hearing]')) {
    const audio = clip.querySelector('audio');
    const line = clip.querySelector('.heard');
    let sent = false;
    const look = async () => {
      if (sent || !heard(audio)) return;
      sent = true;
      const answer = await fetch(clip.dataset.hearing, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-csrf-token': token() },
        body: JSON.stringify({ clipId: clip.dataset.clip, source: 'player' }),
      }).catch(() => null);
      sent = answer?.ok ?? false;
      if (!sent) return;
      line.textContent = line.dataset.say;
      line.classList.add('good');
    };
    for (const event of ['ended', 'pause', 'timeupdate']) audio?.addEventListener(event, look);
  }
})();
