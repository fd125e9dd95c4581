/* The operator's day in real time: the line moves and the next slots reload; a form in use is left alone. */
(() => {
  const today = document.querySelector('.today[data-now]');
  const line = document.querySelector('.now');
  if (!today) return;
  // Uses the server's clock; this device's may be wrong by hours.
  const offset = Number(today.dataset.now) - performance.timeOrigin - performance.now();
  const now = () => performance.timeOrigin + performance.now() + offset;
  const zone = new Intl.DateTimeFormat('vi-VN', {
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
    timeZone: today.dataset.zone,
  });
  const place = () => {
    if (!line) return;
    const slots = [...document.querySelectorAll('.play')];
    const first = slots.find((slot) => Number(slot.dataset.ends) > now());
    slots.forEach((slot) => slot.classList.toggle('past', Number(slot.dataset.ends) <= now()));
    if (first && first.previousElementSibling !== line) first.before(line);
    if (!first && slots.length > 0) slots.at(-1).after(line);
    const text = line.querySelector('span');
    text.textContent = text.textContent.replace(/\d\d:\d\d/, zone.format(now()));
  };
  // The server decides which slots may be confirmed: the page reloads when a slot begins or ends.
  const passed = () =>
    [...document.querySelectorAll('.play')]
      .flatMap(({ dataset }) => [Number(dataset.starts), Number(dataset.ends)])
      .filter((at) => at <= now()).length;
  const atFirst = passed();
  const busy = () =>
    document.hidden ||
    [...document.querySelectorAll('audio')].some((sound) => !sound.paused) ||
    document.querySelector('.play details[open], .htmx-request, .play .note.bad') !== null;
  const again = () => {
    if (passed() !== atFirst && !busy()) location.reload();
  };
  if (line) {
    setInterval(place, 20_000);
    setInterval(again, 5_000);
  }
})();
