/* Dragging a slot of the board into another session. Without this script each slot has a page with a form to move it. */
(() => {
  const board = document.getElementById('board');
  const panel = document.getElementById('slot-panel');
  const said = document.getElementById('board-say');
  if (!board || !panel) return;
  const MINUTE = 60_000;
  const loaded = performance.now();
  /** The server's clock: an office PC may be days wrong. */
  const clockNow = () => Number(board.dataset.now) + performance.now() - loaded;
  let lifted = null;
  let over = null;

  /** Announces a sentence of the table's data, with its braces filled. */
  const say = (name, values = {}) => {
    said.textContent = board.dataset[name].replace(/\{(\w+)\}/g, (_, key) => values[key] ?? '');
  };
  const timesOf = (one) => ({ from: Number(one.dataset.from), until: Number(one.dataset.until) });
  const titleOf = (chip) => chip.querySelector('.chip-title').textContent;
  const wordsOf = (cell) => ({ channel: cell.parentElement.dataset.name, hours: cell.dataset.label });

  /** '05:31' of an instant of the session, from the hours that stand above it. */
  const clock = (cell, at) => {
    const [hours, minutes] = cell.dataset.label.split(/[:–]/).map(Number);
    const all = (hours * 60 + minutes + Math.floor((at - timesOf(cell).from) / MINUTE)) % 1440;
    return `${String(Math.floor(all / 60)).padStart(2, '0')}:${String(all % 60).padStart(2, '0')}`;
  };

  /** The first start at or after `after` with room for the lifted slot in the session; undefined without one. */
  const firstRoom = (cell, after) => {
    const { from, until } = timesOf(cell);
    const own = timesOf(lifted);
    const soon = Math.ceil((clockNow() + MINUTE) / MINUTE) * MINUTE;
    let at = Math.max(from, after, soon);
    for (const chip of cell.querySelectorAll('.chip')) {
      const taken = timesOf(chip);
      if (chip === lifted || taken.until <= at) continue;
      if (taken.from - at >= own.until - own.from) return at;
      at = taken.until;
    }
    return until - at >= own.until - own.from ? at : undefined;
  };

  /** What a drop here means: the slot under the pointer is followed; otherwise the first room of the session counts. */
  const placeAt = (cell, target) => {
    const chip = target.closest('.chip');
    if (chip === lifted) return null;
    const own = cell.contains(lifted) ? timesOf(lifted).until : 0;
    const room = firstRoom(cell, chip ? timesOf(chip).until : own);
    return { room, startsAt: room ?? timesOf(chip ?? cell).from };
  };

  const leave = () => {
    over?.classList.remove('target');
    over = null;
  };
  const giveUp = (name) => {
    for (const one of board.querySelectorAll('.moving')) one.classList.remove('moving');
    if (name) say(name);
  };

  board.addEventListener('dragstart', (event) => {
    const chip = event.target.closest?.('.chip[draggable="true"]');
    if (!chip) return;
    giveUp();
    lifted = chip;
    event.dataTransfer.effectAllowed = 'move';
    event.dataTransfer.setData('text/plain', titleOf(chip));
    chip.classList.add('moving');
    say('sayLift', { title: titleOf(chip) });
  });

  board.addEventListener('dragover', (event) => {
    const cell = lifted && event.target.closest('td[data-from]');
    if (!cell) return leave();
    event.preventDefault();
    event.dataTransfer.dropEffect = 'move';
    if (cell === over) return;
    leave();
    over = cell;
    cell.classList.add('target');
    const place = placeAt(cell, event.target);
    if (!place) return;
    const { room, startsAt } = place;
    say(room === undefined ? 'sayFull' : 'sayRoom', { ...wordsOf(cell), time: clock(cell, startsAt) });
  });

  board.addEventListener('drop', (event) => {
    const cell = lifted && event.target.closest('td[data-from]');
    if (!cell) return;
    event.preventDefault();
    const place = placeAt(cell, event.target);
    if (!place) return;
    const id = lifted.getAttribute('href').split('/').pop();
    const values = { luc: place.startsAt, kenh: cell.parentElement.dataset.channel, phien: lifted.dataset.version };
    say('sayDrop', { ...wordsOf(cell), time: clock(cell, place.startsAt) });
    lifted.dataset.dropped = 'yes';
    htmx.ajax('POST', `/lich/luot/${id}/xem-truoc`, { source: panel, target: panel, swap: 'innerHTML', values });
  });

  board.addEventListener('dragend', () => {
    leave();
    if (lifted && !lifted.dataset.dropped) giveUp('sayBack');
    if (lifted) delete lifted.dataset.dropped;
    lifted = null;
  });

  panel.addEventListener('click', (event) => {
    if (!event.target.closest('[data-give-up]')) return;
    event.preventDefault();
    panel.replaceChildren();
    giveUp('sayBack');
  });
  for (const name of ['htmx:responseError', 'htmx:sendError']) panel.addEventListener(name, () => giveUp('sayFailed'));
  panel.addEventListener('htmx:afterSwap', () => panel.scrollIntoView({ block: 'nearest' }));

  // With the mouse, a wide screen shows the slot beside the board; the keyboard opens its page, where it can be moved.
  board.addEventListener('click', (event) => {
    const chip = event.target.closest('.chip');
    const plain = event.detail > 0 && event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (!chip || !plain || !matchMedia('(min-width: 80rem)').matches) return;
    event.preventDefault();
    giveUp();
    htmx.ajax('GET', chip.getAttribute('href'), { source: panel, target: panel, swap: 'innerHTML' });
  });

  /** The line of now moves on behind the slots that have ended meanwhile. */
  const moveNow = () => {
    const now = clockNow();
    for (const line of board.querySelectorAll('.now-line')) {
      const cell = line.closest('td');
      if (cell.dataset.until && timesOf(cell).until <= now) line.remove();
      const ahead = [...cell.querySelectorAll('.chip')].find((chip) => timesOf(chip).until > now);
      if (ahead) ahead.parentElement.before(line);
      else line.parentElement?.append(line);
      if (cell.dataset.from) line.textContent = board.dataset.sayNow.replace('{time}', clock(cell, now));
    }
  };
  if (board.querySelector('.now-line')) setInterval(moveNow, 20_000);
})();
