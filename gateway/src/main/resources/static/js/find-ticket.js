/** Finding a guest by name or phone when the code won't scan. */
import { Refused, gate } from './api.js';
import { bdi, byId, el, fill } from './dom.js';
import { settings } from './gate-settings.js';
import { guestName } from './guest-name.js';
import { t } from './i18n.js';
import { asStaff } from './staff.js';
import { statusTag } from './status-tag.js';

const SHORTEST = 3;
const PAUSE_IN_TYPING = 250;
const MANY = 20;

/** @param {{onFound: (ticket: import('./api.js').GateTicket) => void}} listener */
export function startFind({ onFound }) {
  const dialog = byId('find');
  const input = byId('find-text');
  let timer = 0;
  let round = 0;

  byId('open-find').addEventListener('click', () => {
    input.value = '';
    fill(byId('find-list'));
    say(t('gate.find.hint'));
    dialog.showModal();
    input.focus();
  });
  input.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(look, PAUSE_IN_TYPING);
  });

  async function look() {
    const mine = ++round;
    const q = input.value.trim();
    if (q.length < SHORTEST) {
      fill(byId('find-list'));
      say(t('gate.find.hint'));
      return;
    }
    say(t('gate.find.looking'));
    try {
      const { items } = await asStaff(() => gate.tickets({ q, eventId: settings.eventId, limit: MANY }));
      if (mine === round) {
        fill(byId('find-list'), ...items.map(choice));
        say(t('gate.find.found', { n: items.length }));
      }
    } catch (failure) {
      if (mine === round) {
        say(failure instanceof Refused ? failure.message : t('error.unanswered'));
      }
    }
  }

  /** @param {import('./api.js').GateTicket} ticket */
  function choice(ticket) {
    const take = () => {
      dialog.close();
      onFound(ticket);
    };
    return el('li', {}, el('button', { type: 'button', class: 'found-one', onclick: take },
      el('strong', {}, bdi(guestName(ticket))),
      el('span', { class: 'soft' }, bdi(ticket.university), ' · ', bdi(lastDigits(ticket.mobile))),
      !settings.eventId && el('span', { class: 'soft' }, bdi(ticket.event?.name)),
      ticket.status !== 'NOT_ENTERED' && statusTag(ticket.status)));
  }

  /** @param {string} text */
  function say(text) {
    byId('find-note').textContent = text;
  }
}

/** Enough to tell two people of one name apart, not enough to call them. @param {string | null} mobile */
export const lastDigits = (mobile) => (mobile ? `…${mobile.slice(-4)}` : '');
