/** Arrivals per minute, one colour per gate stacked on the other, the last two hours in which anybody came. */
import { bdi, el, fill } from './dom.js';
import { t } from './i18n.js';
import { hourMinute } from './time.js';

/** @typedef {import('./api.js').Figures['perMinute']} PerMinute */

const MINUTE = 60_000;
const LONGEST = 120;
const SHORTEST = 20;
/** Gates beyond these share the last colour of the stylesheet (`.gate-1` … `.gate-6`). */
const COLOURS = 6;
const [WIDTH, HEIGHT, START, FOOT, TOP] = [720, 280, 52, 40, 20];

/** @param {HTMLElement} place @param {PerMinute} perMinute @param {string | undefined} timeZone */
export function drawArrivals(place, perMinute, timeZone) {
  if (!perMinute.length) {
    fill(place, el('p', { class: 'soft' }, t('figures.none')));
    return;
  }
  const gates = gatesOf(perMinute);
  const end = Math.max(...perMinute.map(({ minute }) => Date.parse(minute)));
  const first = Math.min(...perMinute.map(({ minute }) => Date.parse(minute)));
  const minutes = Math.max(SHORTEST, Math.min(LONGEST, (end - first) / MINUTE + 1));
  const start = end - (minutes - 1) * MINUTE;
  const shown = perMinute.filter(({ minute }) => Date.parse(minute) >= start);
  const totals = new Map();
  shown.forEach(({ minute, entered }) => totals.set(minute, (totals.get(minute) ?? 0) + entered));
  const top = roundUp(Math.max(1, ...totals.values()));

  const x = (/** @type {number} */ time) => START + ((time - start) / MINUTE / minutes) * (WIDTH - START);
  const y = (/** @type {number} */ n) => TOP + (1 - n / top) * (HEIGHT - TOP - FOOT);
  const drawing = svg('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', 'aria-label': t('figures.plot', { top: Math.max(...totals.values()), gates: gates.length }) });
  for (const n of [0, top / 2, top]) {
    drawing.append(svg('line', { x1: START, x2: WIDTH, y1: y(n), y2: y(n), class: 'grid' }), label(START - 8, y(n) + 5, 'end', String(n)));
  }
  const step = [1, 2, 5, 10, 15, 30].find((each) => minutes / each <= 8) ?? 30;
  for (let time = Math.ceil(start / MINUTE / step) * step * MINUTE, i = 0; time <= end; time += step * MINUTE, i++) {
    const tick = label(x(time), HEIGHT - 6, 'middle', hourMinute(time, timeZone));
    tick.classList.toggle('between', i % 3 !== 1); // where there is no room for all
    drawing.append(tick);
  }
  /** @type {Map<string, number>} */
  const height = new Map();
  for (const { minute, gate, entered } of shown) {
    const below = height.get(minute) ?? 0;
    height.set(minute, below + entered);
    drawing.append(svg('rect', {
      x: x(Date.parse(minute)) + 0.5, y: y(below + entered), width: Math.max(1, (WIDTH - START) / minutes - 1),
      height: Math.max(0, y(below) - y(below + entered)), class: colour(gates.indexOf(gate)),
    }));
  }
  fill(place, drawing, el('figcaption', { class: 'legend' }, ...gates.map((gate, i) => el('span', {}, el('i', { class: colour(i) }), bdi(gate)))));
}

/** The same numbers for those who don't see the plot, latest first. @param {PerMinute} perMinute @param {string | undefined} timeZone */
export function arrivalsTable(perMinute, timeZone) {
  const gates = gatesOf(perMinute);
  const minutes = [...new Set(perMinute.map(({ minute }) => minute))].sort().reverse().slice(0, LONGEST);
  return el('table', { class: 'plain' },
    el('thead', {}, el('tr', {}, el('th', { scope: 'col' }, t('figures.minute')), ...gates.map((gate) => el('th', { scope: 'col' }, bdi(gate))))),
    el('tbody', {}, ...minutes.map((minute) => el('tr', {}, el('th', { scope: 'row' }, hourMinute(minute, timeZone)),
      ...gates.map((gate) => el('td', {}, String(perMinute.find((row) => row.minute === minute && row.gate === gate)?.entered ?? 0)))))));
}

/** @param {PerMinute} perMinute */
const gatesOf = (perMinute) => [...new Set(perMinute.map(({ gate }) => gate))].sort();

/** @param {number} i */
const colour = (i) => `gate-${Math.min(i, COLOURS - 1) + 1}`;

/** The next even number that is pleasant on an axis. @param {number} n */
function roundUp(n) {
  const magnitude = 10 ** Math.floor(Math.log10(n));
  return [2, 4, 6, 8, 10, 20].map((factor) => factor * magnitude).find((candidate) => candidate >= n) ?? n;
}

/** @param {number} x @param {number} y @param {string} anchor @param {string} text */
function label(x, y, anchor, text) {
  const node = svg('text', { x, y, 'text-anchor': anchor });
  node.textContent = text;
  return node;
}

/** @param {string} name @param {Record<string, string | number>} attributes */
function svg(name, attributes) {
  const node = document.createElementNS('http://www.w3.org/2000/svg', name);
  Object.entries(attributes).forEach(([key, value]) => node.setAttribute(key, String(value)));
  return node;
}
