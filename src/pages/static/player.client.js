/* A clip with its waveform, drawn from the peaks in the page, so that the audio is fetched only when it is played. */
(() => {
  const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;

  function dress(player) {
    player.dataset.dressed = 'yes';
    const audio = player.querySelector('audio');
    const seconds = Math.round(Number(player.dataset.seconds));
    const peaks = player.dataset.peaks.split(',').map(Number);
    if (!window.WaveSurfer || !seconds || peaks.length < 2) return;
    const button = document.createElement('button');
    button.type = 'button';
    const icon = audio.ownerDocument.querySelector('svg.icon use')?.getAttribute('href').split('#')[0];
    const draw = (playing) => {
      button.setAttribute('aria-label', playing ? player.dataset.pause : player.dataset.play);
      const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
      svg.setAttribute('class', 'icon');
      svg.setAttribute('aria-hidden', 'true');
      const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
      use.setAttribute('href', `${icon}#${playing ? 'pause' : 'play'}`);
      svg.append(use);
      button.replaceChildren(svg);
    };
    const wave = document.createElement('div');
    wave.className = 'wave';
    const time = document.createElement('span');
    time.className = 'number';
    time.textContent = clock(seconds);
    player.prepend(button, wave, time);
    player.classList.add('ready');
    const style = getComputedStyle(document.documentElement);
    const colour = (name) => style.getPropertyValue(name).trim();
    const shape = window.WaveSurfer.create({
      container: wave,
      media: audio,
      peaks: [peaks],
      duration: seconds,
      height: 56,
      barWidth: 2,
      barGap: 1,
      barRadius: 1,
      cursorWidth: 2,
      normalize: true,
      waveColor: colour('--line-strong'),
      progressColor: colour('--main'),
      cursorColor: colour('--now'),
    });
    draw(false);
    audio.addEventListener('play', () => draw(true));
    audio.addEventListener('pause', () => draw(false));
    shape.on('timeupdate', (at) => (time.textContent = `${clock(at)} / ${clock(seconds)}`));
    button.addEventListener('click', () => {
      // Aborted before it began, by another click or another clip.
      shape.playPause().catch(() => undefined);
    });
  }

  const dressAll = () => document.querySelectorAll('.player:not([data-dressed])').forEach(dress);
  dressAll();
  document.addEventListener('htmx:afterSettle', dressAll);
})();
