/* The board on a wide screen: channels down, time across. Without this script the table below has the same data, and each slot has a page. */
(() => {
  const place = document.getElementById('board');
  if (!place || !window.EventCalendar || !matchMedia('(min-width: 64rem)').matches) {
    if (place) place.remove();
    return;
  }
  const { date, kind, search, page, mayMove, lang } = place.dataset;
  const panel = document.getElementById('slot-panel');
  let takeBack = null;

  /** "Leave it" returns the dragged slot to its place. */
  panel.addEventListener('click', (event) => {
    if (!event.target.closest('[data-give-up]')) return;
    event.preventDefault();
    giveUp();
    panel.replaceChildren();
  });
  const giveUp = () => {
    if (takeBack) takeBack();
    takeBack = null;
  };

  const look = (event) => {
    giveUp();
    htmx.ajax('GET', `/lich/luot/${event.id}`, { source: panel, target: panel, swap: 'innerHTML' });
  };

  const drop = ({ event, oldEvent, newResource, revert }) => {
    giveUp();
    takeBack = revert;
    const { startsAt } = event.extendedProps;
    const values = { luc: startsAt + (event.start - oldEvent.start), phien: event.extendedProps.version ?? '' };
    if (newResource) values.kenh = newResource.extendedProps.code;
    if (!values.phien) delete values.phien;
    htmx.ajax('POST', `/lich/luot/${event.id}/xem-truoc`, { source: panel, target: panel, swap: 'innerHTML', values });
  };
  // Without a preview the slot returns to its place.
  panel.addEventListener('htmx:responseError', giveUp);
  panel.addEventListener('htmx:sendError', giveUp);

  const label = ({ resource }) => {
    const link = document.createElement('a');
    link.href = `/lich/${resource.extendedProps.code}?tuan=${date}`;
    link.textContent = resource.title;
    link.lang = 'vi';
    link.title = place.dataset.week;
    return { domNodes: [link] };
  };

  const draw = (board) => {
    const hours = [...place.querySelectorAll('[data-from]')];
    const off = /slot-(cancelled|replaced)/;
    const calendar = EventCalendar.create(place.querySelector('.board-canvas'), {
      view: 'resourceTimelineDay',
      date,
      locale: lang === 'en' ? 'en-GB' : 'vi',
      headerToolbar: { start: '', center: '', end: '' },
      resources: board.resources,
      events: board.events
        .filter((one) => !off.test(one.classNames.join(' ')))
        .map((one) => ({ ...one, editable: mayMove ? one.editable : false })),
      editable: Boolean(mayMove),
      eventDurationEditable: false,
      slotDuration: '00:05',
      slotLabelInterval: '00:15',
      slotLabelFormat: { hour: '2-digit', minute: '2-digit', hour12: false },
      snapDuration: '00:00:30',
      slotWidth: 48,
      // A slot of a minute has no space for text: its title is in the tooltip and in the panel.
      eventContent: ({ event }) =>
        event.display === 'background' || event.end - event.start < 4 * 60_000 ? '' : event.title,
      height: 'auto',
      nowIndicator: true,
      dayHeaderFormat: () => '',
      resourceLabelContent: label,
      eventClick: ({ event }) => event.display !== 'background' && look(event),
      eventDrop: drop,
      eventDidMount: ({ event, el }) => {
        el.title = event.display === 'background' ? event.title : `${event.title} (${event.extendedProps.stateName})`;
        if (event.display === 'background') return;
        el.tabIndex = 0;
        el.setAttribute('role', 'button');
        el.addEventListener('keydown', (key) => key.key === 'Enter' && look(event));
      },
    });
    // The component has the role of a table without a table's parts; screen readers use the real table below.
    const canvas = place.querySelector('.board-canvas');
    const unsay = () => {
      for (const one of canvas.querySelectorAll('[role]:not(.ec-event), [aria-colindex], [aria-rowindex]')) {
        if (!one.matches('.ec-event')) one.removeAttribute('role');
        one.removeAttribute('aria-colindex');
        one.removeAttribute('aria-rowindex');
      }
      for (const one of canvas.querySelectorAll('time[aria-label]')) one.removeAttribute('aria-label');
    };
    new window.MutationObserver(unsay).observe(canvas, { childList: true, subtree: true });
    /** The opening of the first session of these hours: the board scrolls there instead of showing an empty half hour. */
    const opening = ({ from, until }) =>
      board.events
        .map(({ start }) => start.slice(11, 16))
        .filter((time) => time >= from && time < until)
        .sort()[0] ?? from;
    const choose = (button) => {
      for (const one of hours) one.setAttribute('aria-pressed', String(one === button));
      calendar.setOption('slotMinTime', button.dataset.from);
      calendar.setOption('slotMaxTime', button.dataset.until);
      calendar.setOption('scrollTime', opening(button.dataset));
    };
    for (const button of hours) button.addEventListener('click', () => choose(button));
    const clock = new Date().toTimeString().slice(0, 5);
    choose(hours.find((one) => one.dataset.until > clock) ?? hours[0]);
    unsay();
  };

  const query = new window.URLSearchParams({ date, ...(kind && { kind }), ...(search && { search }), page });
  fetch(`/api/board?${query}`, { headers: { accept: 'application/json' } })
    .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(String(answer.status)))))
    .then(draw)
    .catch(() => place.remove());
})();
