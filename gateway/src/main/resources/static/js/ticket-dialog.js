/** One ticket in a dialog: the code for re-scanning, its whole history, undo and cancel, the person's data. */
import { Refused, admin, gate } from './api.js';
import { ask, tell } from './ask.js';
import { bdi, byId, el, fill } from './dom.js';
import { guestName } from './guest-name.js';
import { hasText, t } from './i18n.js';
import { asStaff, may } from './staff.js';
import { statusTag } from './status-tag.js';
import { eventTime, moment } from './time.js';
import { undo } from './undo.js';

/** @param {import('./api.js').GateTicket} ticket @param {() => void} changed called when the ticket is no longer as the list shows it */
export async function openTicket(ticket, changed) {
  const dialog = byId('ticket-dialog');
  fill(byId('ticket-dialog-title'), bdi(guestName(ticket)));
  show(ticket, null);
  dialog.showModal();
  await load();

  async function load() {
    try {
      const [full, picture] = await Promise.all([asStaff(() => gate.ticket(ticket.ticketId)), qr(ticket)]);
      show(full, picture);
    } catch (failure) {
      fill(byId('ticket-dialog-body'), el('p', { class: 'error' }, failure instanceof Refused ? failure.message : t('error.unanswered')));
    }
  }

  /** @param {import('./api.js').GateTicket} now @param {Node | null} picture */
  function show(now, picture) {
    fill(byId('ticket-dialog-body'),
      el('p', {}, statusTag(now.status)),
      el('p', {}, bdi(now.university), el('br'), el('bdi', { dir: 'ltr' }, now.mobile), el('br'), bdi(now.event?.name), ', ', eventTime(now.event)),
      picture ?? el('p', { class: 'soft' }, t('common.loading')),
      el('p', { class: 'actions' },
        (now.status === 'ENTERED' || now.status === 'DENIED') && may('SUPERVISOR') && el('button', { type: 'button', onclick: () => takeBack(now) }, t('undo.button')),
        now.status !== 'CANCELLED' && may('ADMIN') && el('button', { type: 'button', class: 'danger', onclick: () => cancel(now) }, t('cancel.button')),
        now.name && may('ADMIN') && el('button', { type: 'button', onclick: () => exportData(now) }, t('export.button')),
        now.name && may('ADMIN') && el('button', { type: 'button', class: 'danger', onclick: () => erase(now) }, t('erase.button'))),
      now.history && el('h3', {}, t('history.title')),
      now.history && (now.history.length ? el('ol', { class: 'history' }, ...now.history.map((attempt) => entry(attempt, now)))
        : el('p', { class: 'soft' }, t('history.none'))));
  }

  /** @param {import('./api.js').GateTicket} now */
  async function takeBack(now) {
    if (await undo(now)) {
      changed();
      await load();
    }
  }

  /** @param {import('./api.js').GateTicket} now */
  async function erase(now) {
    const sure = await ask({ title: t('erase.title'), text: t('erase.text', { name: now.name }), confirm: t('erase.confirm'), danger: true });
    if (sure === null) {
      return;
    }
    try {
      await asStaff(() => admin.erase(now.ticketId));
      tell(t('erase.done'));
      dialog.close();
      setTimeout(changed, 500); // the gate hears of it a moment later
    } catch (failure) {
      tell(failure instanceof Refused ? failure.message : t('error.unanswered'));
    }
  }

  /** @param {import('./api.js').GateTicket} now */
  async function cancel(now) {
    const sure = await ask({ title: t('cancel.title'), text: t('cancel.text', { name: guestName(now) }), confirm: t('cancel.confirm'), danger: true });
    if (sure === null) {
      return;
    }
    try {
      await asStaff(() => admin.cancel(now.ticketId));
      tell(t('cancel.done', { name: guestName(now) }));
      dialog.close();
      setTimeout(changed, 500); // the gate hears of it a moment later
    } catch (failure) {
      tell(failure instanceof Refused ? failure.message : t('error.unanswered'));
    }
  }
}

/** Downloads all that is kept of a person, by registration and at the door. @param {import('./api.js').GateTicket} ticket */
async function exportData({ ticketId }) {
  try {
    const [registration, door] = await Promise.all([asStaff(() => admin.personalData(ticketId)), asStaff(() => gate.ticket(ticketId))]);
    const file = URL.createObjectURL(new Blob([JSON.stringify({ registration, door }, null, 2)], { type: 'application/json' }));
    el('a', { href: file, download: `${ticketId}.json` }).click();
    setTimeout(() => URL.revokeObjectURL(file), 60_000);
  } catch (failure) {
    tell(failure instanceof Refused ? failure.message : t('error.unanswered'));
  }
}

/** @param {import('./api.js').GateTicket} ticket @returns {Promise<Node>} the code, or why there is none */
async function qr(ticket) {
  try {
    const picture = URL.createObjectURL(await asStaff(() => gate.qr(ticket.ticketId)));
    return el('div', { class: 'qr small' }, el('img', { src: picture, alt: t('ticket.qr'), onload: () => URL.revokeObjectURL(picture) }));
  } catch (failure) {
    const key = failure instanceof Refused ? `qr.${failure.code}` : 'error.unanswered';
    return el('p', { class: 'note' }, hasText(key) ? t(key) : t('qr.none'));
  }
}

/** @param {import('./api.js').Attempt} attempt @param {import('./api.js').GateTicket} ticket */
function entry(attempt, ticket) {
  return el('li', {},
    el('strong', {}, whatHappened(attempt)),
    attempt.method === 'LOOKUP' && el('span', { class: 'tag' }, t('gate.lookup')),
    el('span', { class: 'soft' }, moment(attempt.at, ticket.event?.timeZone),
      attempt.gate && ' · ', attempt.gate && bdi(attempt.gate), ' · ', bdi(attempt.account)),
    attempt.reason && el('q', { dir: 'auto' }, attempt.reason));
}

/** @param {import('./api.js').Attempt} attempt */
function whatHappened({ kind, verdict, decision, outcome }) {
  const word = (/** @type {string | null} */ name) => (hasText(`verdict.${name}`) ? t(`verdict.${name}`) : name ?? '');
  switch (kind) {
    case 'SCAN':
      return t('history.SCAN', { verdict: word(verdict) });
    case 'DECISION':
      return t(`history.${decision}`, { outcome: word(outcome) });
    default:
      return t(`history.${kind}`);
  }
}
