/** The admin page: which section is shown, to whom, and for which event. Each section has its own file. */
import { attendee } from './api.js';
import { startAccounts } from './admin-accounts.js';
import { startDevices } from './admin-devices.js';
import { startEvents } from './admin-events.js';
import { startFigures } from './admin-figures.js';
import { startPutAside } from './admin-put-aside.js';
import { startTickets } from './admin-tickets.js';
import { connection } from './connection.js';
import { byId, el, show } from './dom.js';
import { inEveryLanguage, startLanguage, t } from './i18n.js';
import { may, onStaffChange, startStaff } from './staff.js';

/**
 * A section of this page.
 * @typedef {{enter: () => void, leave?: () => void}} Section
 * @typedef {{eventId: () => string, event: () => import('./api.js').OfferedEvent | undefined,
 *   events: () => import('./api.js').OfferedEvent[], reloadEvents: () => Promise<void>}} Desk
 */

/** @type {import('./api.js').OfferedEvent[]} */
let events = [];
/** @type {Section | undefined} */
let shown;

/** @type {Desk} */
const desk = {
  eventId: () => byId('event').value,
  event: () => events.find(({ id }) => id === desk.eventId()),
  events: () => events,
  reloadEvents,
};

await startLanguage();
/** @type {Record<string, Section>} */
const sections = {
  registrations: startTickets(desk), figures: startFigures(desk), events: startEvents(desk), accounts: startAccounts(),
  devices: startDevices(desk),
};
onStaffChange(showRole);
inEveryLanguage(showConnection);
connection.addEventListener('change', showConnection);
addEventListener('hashchange', showSection);
byId('event').addEventListener('change', () => shown?.enter());
await startStaff();
startPutAside();
await reloadEvents();
inEveryLanguage(showSection);

async function reloadEvents() {
  events = await attendee.events().catch(() => events);
  const select = byId('event');
  const chosen = select.value;
  select.replaceChildren(el('option', { value: '' }, t('admin.event.all')), ...events.map(({ id, name }) => el('option', { value: id }, name)));
  select.value = desk.events().some(({ id }) => id === chosen) ? chosen : '';
}

function showSection() {
  const wanted = document.querySelector(`.tabs a:not([hidden])[href="#${CSS.escape(location.hash.slice(1))}"]`) ?? document.querySelector('.tabs a');
  const name = wanted?.getAttribute('href')?.slice(1) ?? '';
  shown?.leave?.();
  for (const key of Object.keys(sections)) {
    show(byId(key), key === name);
  }
  for (const link of document.querySelectorAll('.tabs a')) {
    const here = link.getAttribute('href') === `#${name}`;
    here ? link.setAttribute('aria-current', 'page') : link.removeAttribute('aria-current');
  }
  show(byId('desk-event'), name === 'registrations' || name === 'figures');
  byId('event').firstElementChild?.replaceChildren(t('admin.event.all'));
  shown = sections[name];
  shown.enter();
}

function showRole() {
  for (const element of document.querySelectorAll('[data-role]')) {
    show(/** @type {HTMLElement} */ (element), may(/** @type {any} */ (element).dataset.role));
  }
}

function showConnection() {
  byId('connection').dataset.state = connection.state;
  byId('connection').textContent = t(`connection.${connection.state}`);
}
