/* The operator's day while it passes: the line moves, what is next is asked again; what he is doing is left alone. */
(() => {
  const today = document.querySelector('.today[data-now]');
  const line = document.querySelector('.now');
  if (!today) return;
  // The server's clock counts; this one may be wrong by hours.
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
  if (line) setInterval(place, 20_000);
})();
