/** Live figures: how many are in, per gate, and when they came. Fed by the stream; by asking, where streams are cut. */
import { gate } from './api.js';
import { drawArrivals, arrivalsTable } from './arrivals-plot.js';
import { bdi, byId, el, fill } from './dom.js';
import { t } from './i18n.js';
import { asStaff, isSignedIn } from './staff.js';

const ASK_EVERY = 3_000;
const STREAM_AGAIN = 30_000;

/** @param {import('./admin.js').Desk} desk @returns {import('./admin.js').Section} */
export function startFigures(desk) {
  /** @type {EventSource | null} */
  let stream = null;
  let asking = 0;
  let again = 0;

  function enter() {
    leave();
    listen();
    askOnce();
  }

  function leave() {
    stream?.close();
    clearInterval(asking);
    clearTimeout(again);
    asking = 0;
  }

  function listen() {
    stream?.close();
    stream = gate.figuresStream(desk.eventId());
    stream.addEventListener('figures', (event) => {
      clearInterval(asking);
      asking = 0;
      say('figures.live');
      draw(JSON.parse(event.data));
    });
    stream.addEventListener('error', () => {
      asking ||= setInterval(() => isSignedIn() && askOnce(), ASK_EVERY);
      say('figures.asking');
      if (stream?.readyState === EventSource.CLOSED) {
        clearTimeout(again);
        again = setTimeout(listen, STREAM_AGAIN);
      }
    });
  }

  async function askOnce() {
    try {
      draw(await asStaff(() => gate.figures(desk.eventId())));
    } catch {
      say('error.unanswered');
    }
  }

  /** @param {import('./api.js').Figures} figures */
  function draw(figures) {
    const timeZone = desk.event()?.timeZone;
    const share = figures.registered ? figures.entered / figures.registered : 0;
    const meter = el('div', { class: 'meter' }, el('div'));
    meter.firstElementChild.style.inlineSize = `${Math.min(100, share * 100)}%`;
    fill(byId('inside'),
      el('p', { class: 'inside-number' }, el('strong', {}, number(figures.entered)), ' ', t('figures.of', { registered: figures.registered })), meter);
    fill(byId('numbers'), ...[['notEntered', 'NOT_ENTERED'], ['denied', 'DENIED'], ['cancelled', 'CANCELLED']].map(([field, status]) =>
      el('div', { class: 'card' }, el('dt', {}, t(`status.${status}`)), el('dd', {}, number(figures[/** @type {'denied'} */ (field)] ?? 0)))));
    drawArrivals(byId('plot'), figures.perMinute ?? [], timeZone);
    fill(byId('arrivals-table'), arrivalsTable(figures.perMinute ?? [], timeZone));
    fill(byId('gates-table'), gatesTable(figures.perGate ?? []));
  }

  return { enter, leave };
}

/** @param {import('./api.js').Figures['perGate']} perGate */
function gatesTable(perGate) {
  if (!perGate.length) {
    return el('p', { class: 'soft' }, t('figures.none'));
  }
  const heads = ['figures.gate', 'status.ENTERED', 'status.DENIED'];
  return el('table', { class: 'plain' },
    el('thead', {}, el('tr', {}, ...heads.map((key) => el('th', { scope: 'col' }, t(key))))),
    el('tbody', {}, ...perGate.map((row) => el('tr', {}, el('th', { scope: 'row' }, bdi(row.gate)),
      el('td', {}, number(row.entered)), el('td', {}, number(row.denied))))));
}

/** @param {number} n */
const number = (n) => n.toLocaleString(document.documentElement.lang);

/** @param {string} key */
function say(key) {
  if (byId('figures-line').textContent !== t(key)) {
    byId('figures-line').textContent = t(key);
  }
}
