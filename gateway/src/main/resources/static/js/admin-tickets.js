/** All registrations: search, filter, page by page however many there are. The list follows the door by itself. */
import { Refused, gate } from './api.js';
import { bdi, byId, el, fill, show } from './dom.js';
import { guestName } from './guest-name.js';
import { t } from './i18n.js';
import { asStaff, isSignedIn, may } from './staff.js';
import { statusTag } from './status-tag.js';
import { openTicket } from './ticket-dialog.js';
import { moment } from './time.js';

const PAGE = 50;
const PAUSE_IN_TYPING = 300;
const REFRESH = 5_000;
const STATUSES = ['NOT_ENTERED', 'ENTERED', 'DENIED', 'CANCELLED'];
const SHORTEST_FOR_STEWARDS = 3;

/** @param {import('./admin.js').Desk} desk @returns {import('./admin.js').Section} */
export function startTickets(desk) {
  const form = byId('filter');
  /** @type {(string | null)[]} where each page up to this one began */
  let pages = [null];
  /** @type {string | null} */
  let following = null;
  let round = 0;
  let typing = 0;
  let refreshing = 0;
  let drawn = '';

  form.addEventListener('submit', (/** @type {Event} */ submitted) => submitted.preventDefault());
  form.addEventListener('input', () => {
    clearTimeout(typing);
    typing = setTimeout(fromTheStart, PAUSE_IN_TYPING);
  });
  byId('next').addEventListener('click', () => {
    pages.push(following);
    return load();
  });
  byId('previous').addEventListener('click', () => {
    pages.pop();
    return load();
  });

  function enter() {
    const status = form.elements.status.value;
    form.elements.status.replaceChildren(el('option', { value: '' }, t('tickets.status.all')),
      ...STATUSES.map((value) => el('option', { value }, t(`status.${value}`))));
    form.elements.status.value = status;
    drawn = '';
    clearInterval(refreshing);
    refreshing = setInterval(() => isWatched() && load(), REFRESH);
    return fromTheStart();
  }

  function fromTheStart() {
    pages = [null];
    byId('csv').href = gate.csv(desk.eventId());
    return load();
  }

  async function load() {
    const mine = ++round;
    const q = form.elements.q.value.trim();
    if (!may('SUPERVISOR') && q.length < SHORTEST_FOR_STEWARDS) {
      draw([], null);
      say(t('gate.find.hint'));
      return;
    }
    try {
      const answer = await asStaff(() => gate.tickets({
        q, eventId: desk.eventId(), status: form.elements.status.value, limit: PAGE, after: pages.at(-1),
      }));
      if (mine === round) {
        draw(answer.items, answer.next);
        say(answer.items.length ? t('tickets.page', { page: pages.length }) : t('tickets.none'));
      }
    } catch (failure) {
      if (mine === round) {
        say(failure instanceof Refused ? failure.message : t('error.unanswered'));
      }
    }
  }

  /** @param {import('./api.js').GateTicket[]} items @param {string | null} next */
  function draw(items, next) {
    following = next;
    byId('previous').disabled = pages.length === 1;
    byId('next').disabled = !next;
    show(byId('tickets'), items.length);
    show(byId('next').parentElement, next || pages.length > 1);
    const content = JSON.stringify(items);
    if (content !== drawn) { // an unchanged list keeps the reader's place and focus
      drawn = content;
      fill(byId('tickets-rows'), ...items.map(row));
    }
  }

  /** @param {import('./api.js').GateTicket} ticket */
  function row(ticket) {
    const cell = (/** @type {string} */ label, /** @type {(Node | string | false | null)[]} */ ...content) =>
      el('td', { role: 'cell', data: { label: t(label) } }, el('span', {}, ...content.filter(Boolean)));
    return el('tr', { role: 'row' },
      cell('tickets.name', el('strong', {}, bdi(guestName(ticket))), el('span', { class: 'soft' }, bdi(ticket.university))),
      cell('tickets.mobile', el('bdi', { dir: 'ltr' }, ticket.mobile ?? '')),
      cell('tickets.event', bdi(ticket.event?.name)),
      cell('tickets.status', statusTag(ticket.status)),
      cell('tickets.entry', ticket.entryTime && moment(ticket.entryTime, ticket.event?.timeZone),
        ticket.gate && el('span', { class: 'soft' }, bdi(ticket.gate), ticket.decidedBy && ' · ', ticket.decidedBy && bdi(ticket.decidedBy))),
      cell('tickets.actions', may('SUPERVISOR') && el('button', {
        type: 'button', class: 'quiet', 'aria-label': t('tickets.open.of', { name: guestName(ticket) }), onclick: () => openTicket(ticket, load),
      }, t('tickets.open'))));
  }

  return { enter, leave: () => clearInterval(refreshing) };
}

/** Whether it is worth asking for news. */
const isWatched = () => !document.hidden && isSignedIn() && !document.querySelector('dialog[open]');

/** @param {string} text */
function say(text) {
  if (byId('tickets-note').textContent !== text) {
    byId('tickets-note').textContent = text;
  }
}
