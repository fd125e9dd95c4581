/* Loaded by every screen: support for htmx and plain forms. Reading, approving, confirming and downloading work without it. */
(() => {
  const token = () => document.querySelector('meta[name="csrf-token"]')?.content ?? '';

  document.addEventListener('htmx:configRequest', (event) => {
    event.detail.headers['x-csrf-token'] = token();
  });

  // A fragment requested after the session has ended is answered by the sign-in page: load it in the whole window.
  document.addEventListener('htmx:beforeSwap', (event) => {
    if (new URL(event.detail.xhr.responseURL, location.href).pathname !== '/dang-nhap') return;
    event.detail.shouldSwap = false;
    location.reload();
  });

  // The error of a fragment is shown in the page's own element for errors, found from the target of the answer: the element that sent
  // the request may have left the page meanwhile.
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

  /** `<input data-filter="#list">` hides the children of #list that lack a typed word, by the server's rule. */
  document.addEventListener('input', (event) => {
    const into = event.target.dataset?.filter;
    if (!into) return;
    const words = fold(event.target.value).split(/\s+/).filter(Boolean);
    for (const line of document.querySelectorAll(`${into} > *`)) {
      const text = fold(line.textContent);
      line.hidden = !words.every((word) => text.includes(word));
    }
  });

  // Copies a field. Browsers disable the clipboard API without https, so the old command is the fallback.
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

  // Elements that need a script are hidden without one.
  const reveal = () => document.querySelectorAll('.needs-script').forEach((one) => (one.hidden = false));
  reveal();
  document.addEventListener('htmx:afterSettle', reveal);
  document.addEventListener('click', (event) => {
    if (event.target.closest?.('[data-print]')) window.print();
  });

  // A clip plays on the click that requests it, one clip at a time.
  document.addEventListener(
    'toggle',
    (event) => {
      if (!event.target.matches?.('details.listen[open]')) return;
      // Starting another clip before this one has loaded aborts it, which is no error.
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

  // A form is sent once, however often its button is pressed.
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (form.method !== 'post' || event.defaultPrevented) return;
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = 'yes';
    setTimeout(() => delete form.dataset.sent, 4000);
  });
})();
