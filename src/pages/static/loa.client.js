/* Loaded by every screen: what htmx and plain forms need. No screen depends on it to be read, approved, ticked or downloaded. */
(() => {
  const token = () => document.querySelector('meta[name="csrf-token"]')?.content ?? '';

  document.addEventListener('htmx:configRequest', (event) => {
    event.detail.headers['x-csrf-token'] = token();
  });

  // A piece that is asked for after the session has ended is answered by the door: the whole page goes there.
  document.addEventListener('htmx:beforeSwap', (event) => {
    if (new URL(event.detail.xhr.responseURL, location.href).pathname !== '/dang-nhap') return;
    event.detail.shouldSwap = false;
    location.reload();
  });

  // What a piece could not do is told where the page tells such things. Told by where the answer goes: whoever asked may have left
  // the page meanwhile, and nobody hears him there.
  document.addEventListener('htmx:beforeSwap', (event) => {
    if (!event.detail.isError) return;
    let said;
    try {
      said = JSON.parse(event.detail.xhr.responseText);
    } catch {
      return;
    }
    const note = document.createElement('p');
    note.className = 'note bad';
    note.setAttribute('role', 'alert');
    note.textContent = document.documentElement.lang === 'en' ? said.messageEn : said.message;
    document.querySelector('main').prepend(note);
    note.scrollIntoView({ block: 'nearest' });
  });

  const fold = (text) =>
    text
      .normalize('NFD')
      .replace(/\p{M}+/gu, '')
      .replace(/[đĐ]/g, 'd')
      .toLowerCase();

  /** `<input data-filter="#list">` hides the children of #list that do not hold every word typed, as the server would. */
  document.addEventListener('input', (event) => {
    const into = event.target.dataset?.filter;
    if (!into) return;
    const words = fold(event.target.value).split(/\s+/).filter(Boolean);
    for (const line of document.querySelectorAll(`${into} > *`)) {
      const text = fold(line.textContent);
      line.hidden = !words.every((word) => text.includes(word));
    }
  });

  // Copies a field. The clipboard of the browser is closed on addresses without https, so there is the old way, too.
  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return document.execCommand('copy');
    }
  }

  document.addEventListener('click', async (event) => {
    const button = event.target.closest?.('[data-copy]');
    if (!button) return;
    const field = document.querySelector(button.dataset.copy);
    field.focus();
    field.select();
    if (!(await copy(field.value))) return;
    const words = button.textContent;
    button.textContent = `✓ ${button.dataset.copied}`;
    setTimeout(() => (button.textContent = words), 3000);
  });

  // What needs a script is shown only where there is one.
  const reveal = () => document.querySelectorAll('.needs-script').forEach((one) => (one.hidden = false));
  reveal();
  document.addEventListener('htmx:afterSettle', reveal);
  document.addEventListener('click', (event) => {
    if (event.target.closest?.('[data-print]')) window.print();
  });

  // Listening begins with the press that asks for it, and one clip at a time is heard.
  document.addEventListener(
    'toggle',
    (event) => {
      if (!event.target.matches?.('details.listen[open]')) return;
      // Another clip that is begun before this one has loaded stops it, which is no fault.
      const begun = event.target.querySelector('audio')?.play();
      begun?.catch(() => undefined);
    },
    true,
  );
  document.addEventListener(
    'play',
    (event) => {
      for (const one of document.querySelectorAll('audio')) if (one !== event.target) one.pause();
    },
    true,
  );

  // A form is sent once, however often it is pressed.
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (form.method !== 'post' || event.defaultPrevented) return;
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = 'yes';
    setTimeout(() => delete form.dataset.sent, 4000);
  });
})();
