/* The script's screen: a click on a word opens its correction, a voice is recorded or uploaded, unsaved text is not lost. */
(() => {
  const token = () => document.querySelector('meta[name="csrf-token"]').content;
  const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;

  document.addEventListener('click', (event) => {
    const close = event.target.closest('[data-close]');
    if (close) {
      event.preventDefault();
      document.querySelector(close.dataset.close).replaceChildren();
      for (const one of document.querySelectorAll('.chosen')) one.classList.remove('chosen');
      return;
    }
    const word = event.target.closest('#ban-doc [data-at]');
    if (!word) return;
    event.preventDefault();
    for (const one of document.querySelectorAll('.chosen')) one.classList.remove('chosen');
    word.classList.add('chosen');
    const path = location.pathname.replace(/\/doc$/, '');
    htmx.ajax('GET', `${path}/doc?cho=${word.dataset.at}`, { target: '#sua-doc', swap: 'innerHTML' }).then(() => {
      const field = document.querySelector('#spoken');
      field?.focus();
      field?.select();
      field?.closest('.card').scrollIntoView({ block: 'nearest' });
    });
  });

  const form = document.querySelector('#bai-viet');
  const saved = form && new FormData(form);
  const changed = () => ['title', 'text'].some((name) => new FormData(form).get(name) !== saved.get(name));
  form?.addEventListener('input', () => {
    const told = document.querySelector('#chua-luu');
    if (told) told.textContent = changed() ? told.dataset.text : '';
  });
  let leaving = false;
  form?.addEventListener('submit', () => (leaving = true));
  window.addEventListener('beforeunload', (event) => {
    if (form && !leaving && changed()) event.preventDefault();
  });

  async function send(box, blob, name) {
    const said = box.querySelector('[data-show=said]');
    said.hidden = false;
    said.className = 'note';
    said.textContent = box.dataset.saySending;
    const body = new FormData();
    body.append('file', blob, name);
    const answer = await fetch(box.dataset.upload, {
      method: 'POST',
      body,
      headers: { 'x-csrf-token': token() },
    }).catch(() => null);
    if (answer?.ok) {
      htmx.trigger(document.body, 'loa:thu');
      return;
    }
    const problem = await answer?.json().catch(() => null);
    said.className = 'note bad';
    const english = document.documentElement.lang === 'en';
    said.textContent = (english ? problem?.messageEn : problem?.message) ?? box.dataset.sayFailed;
  }

  /** One recorder at a time; the microphone is released as soon as it is not needed. */
  let recorder = null;
  let take = null;
  async function record(box) {
    const show = (name) => box.querySelector(`[data-show=${name}]`);
    const button = (name) => box.querySelector(`[data-do=${name}]`);
    const stream = await navigator.mediaDevices?.getUserMedia({ audio: true }).catch(() => null);
    if (!stream) {
      show('said').hidden = false;
      show('said').className = 'note bad';
      show('said').textContent = box.dataset.sayDenied;
      return;
    }
    const parts = [];
    const type = ['audio/webm;codecs=opus', 'audio/ogg;codecs=opus', 'audio/mp4'].find((one) =>
      MediaRecorder.isTypeSupported(one),
    );
    recorder = new MediaRecorder(stream, type ? { mimeType: type } : {});
    const from = performance.now();
    const ticking = setInterval(() => (show('time').textContent = clock((performance.now() - from) / 1000)), 250);
    recorder.ondataavailable = (event) => parts.push(event.data);
    recorder.onstop = () => {
      clearInterval(ticking);
      for (const track of stream.getTracks()) track.stop();
      take = new Blob(parts, { type: recorder.mimeType });
      const audio = show('take').querySelector('audio');
      URL.revokeObjectURL(audio.src);
      audio.src = URL.createObjectURL(take);
      show('take').hidden = false;
      show('time').hidden = button('stop').hidden = true;
      button('record').hidden = false;
    };
    recorder.start(1000);
    show('said').hidden = show('take').hidden = button('record').hidden = true;
    show('time').hidden = button('stop').hidden = false;
  }

  document.addEventListener('click', (event) => {
    const what = event.target.closest('.recorder [data-do]');
    const box = what?.closest('.recorder');
    if (!box) return;
    if (what.dataset.do === 'record') record(box);
    if (what.dataset.do === 'stop') recorder?.stop();
    if (what.dataset.do === 'drop') box.querySelector('[data-show=take]').hidden = true;
    if (what.dataset.do === 'use' && take) send(box, take, 'ban-thu.webm');
  });
  document.addEventListener('change', (event) => {
    const field = event.target;
    if (field.dataset?.do === 'file' && field.files.length > 0) {
      send(field.closest('.recorder'), field.files[0], field.files[0].name);
    }
  });
})();
