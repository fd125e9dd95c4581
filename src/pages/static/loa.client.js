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

  // Typed days: the weekday beside the field follows what is typed, and a calendar in the page's language opens beside it.
  const english = document.documentElement.lang === 'en';
  const dayOf = (text) => {
    const written = text.trim().replace(/^(\d{4})-(\d\d)-(\d\d)$/, '$3/$2/$1');
    const parts =
      /^(\d{1,2})\s*[/.\s-]\s*(\d{1,2})\s*[/.\s-]\s*(\d{4})$/.exec(written) ?? /^(\d{2})(\d{2})(\d{4})$/.exec(written);
    if (!parts) return null;
    const [day, month, year] = parts.slice(1).map(Number);
    const date = new Date(Date.UTC(year, month - 1, day));
    return date.getUTCDate() === day && date.getUTCMonth() === month - 1 ? date : null;
  };
  const iso = (date) => date?.toISOString().slice(0, 10) ?? '';
  const typed = (text) => text.split('-').reverse().join('/');
  const weekdayOf = (date) =>
    date?.toLocaleDateString(english ? 'en' : 'vi', { weekday: english ? 'short' : 'long', timeZone: 'UTC' }) ?? '';
  function checkDay(field) {
    const date = dayOf(field.value);
    field.parentElement.querySelector('output').textContent = weekdayOf(date);
    const { from, to } = field.dataset;
    let problem = '';
    if (field.value.trim() && !date) problem = english ? 'Write the day like 30/11/2026.' : 'Viết ngày như 30/11/2026.';
    else if (from && date && iso(date) < from)
      problem = `${english ? 'Not before' : 'Không trước ngày'} ${typed(from)}.`;
    else if (to && date && iso(date) > to) problem = `${english ? 'Not after' : 'Không sau ngày'} ${typed(to)}.`;
    field.setCustomValidity(problem);
  }
  document.addEventListener('input', (event) => {
    if (event.target.matches?.('[data-day]')) checkDay(event.target);
  });
  document.addEventListener('change', (event) => {
    const field = event.target;
    if (!field.matches?.('[data-day]')) return;
    // A day without a year is in this one.
    const short = /^\s*(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*$/.exec(field.value);
    if (short) field.value = `${short[1]}/${short[2]}/${new Date().getFullYear()}`;
    checkDay(field);
  });
  document.addEventListener('click', async (event) => {
    const button = event.target.closest?.('[data-calendar]');
    if (!button) return;
    const field = button.parentElement.querySelector('[data-day]');
    await import(button.dataset.calendar);
    const sheet = document.createElement('div');
    sheet.className = 'day-sheet';
    sheet.popover = 'auto';
    const calendar = document.createElement('calendar-date');
    Object.assign(calendar, { locale: english ? 'en-GB' : 'vi', firstDayOfWeek: 1, value: iso(dayOf(field.value)) });
    if (field.dataset.from) calendar.min = field.dataset.from;
    if (field.dataset.to) calendar.max = field.dataset.to;
    for (const [slot, words] of english
      ? [
          ['previous', '‹ Back'],
          ['next', 'Next ›'],
        ]
      : [
          ['previous', '‹ Trước'],
          ['next', 'Sau ›'],
        ])
      calendar.append(Object.assign(document.createElement('span'), { slot, textContent: words }));
    calendar.append(document.createElement('calendar-month'));
    calendar.addEventListener('change', () => {
      field.value = typed(calendar.value);
      field.dispatchEvent(new globalThis.Event('input', { bubbles: true }));
      sheet.hidePopover();
      field.focus();
    });
    sheet.addEventListener('toggle', ({ newState }) => newState === 'closed' && sheet.remove());
    sheet.append(calendar);
    button.parentElement.append(sheet);
    // The calendar has its size only after it has drawn itself.
    new globalThis.ResizeObserver(() => {
      const { clientWidth, clientHeight } = document.documentElement;
      const { left, bottom } = field.getBoundingClientRect();
      const { width, height } = sheet.getBoundingClientRect();
      sheet.style.left = `${Math.max(8, Math.min(left, clientWidth - width - 8))}px`;
      sheet.style.top = `${Math.max(8, Math.min(bottom + 4, clientHeight - height - 8))}px`;
    }).observe(sheet);
    sheet.showPopover();
    calendar.focus();
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
