/** The last five decisions of this tab, to be taken back by those who may. */
import { bdi, byId, el, fill, show } from './dom.js';
import { guestName } from './guest-name.js';
import { inEveryLanguage, t } from './i18n.js';
import { may, onStaffChange } from './staff.js';
import { statusTag } from './status-tag.js';
import { hourMinute } from './time.js';
import { undo } from './undo.js';

const KEPT = 'recent-decisions';
const MANY = 5;

/** @typedef {{ticketId: string, name: string, outcome: string, at: number}} Decision */

/** @type {Decision[]} */
let recent = JSON.parse(sessionStorage.getItem(KEPT) ?? '[]');

export function startRecent() {
  inEveryLanguage(showRecent);
  onStaffChange(showRecent);
}

/** @param {import('./api.js').GateTicket} ticket @param {string} outcome */
export function remember({ ticketId, name }, outcome) {
  recent = [{ ticketId, name, outcome, at: Date.now() }, ...recent.filter((other) => other.ticketId !== ticketId)].slice(0, MANY);
  showRecent();
}

function showRecent() {
  sessionStorage.setItem(KEPT, JSON.stringify(recent));
  show(byId('recent'), recent.length);
  fill(byId('recent-list'), ...recent.map((decision) =>
    el('li', {},
      statusTag(decision.outcome),
      el('span', { class: 'grow' }, bdi(guestName(decision)), el('span', { class: 'soft' }, ` ${hourMinute(decision.at)}`)),
      may('SUPERVISOR') && decision.outcome !== 'UNDONE' && el('button', {
        type: 'button', class: 'quiet', 'aria-label': t('undo.of', { name: guestName(decision) }), onclick: () => takeBack(decision),
      }, t('undo.button')))));
}

/** @param {Decision} decision */
async function takeBack(decision) {
  if (await undo(decision)) {
    decision.outcome = 'UNDONE';
    showRecent();
  }
}
