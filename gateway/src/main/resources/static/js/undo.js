/** Takes a decision back, with a reason, for the gate and admin pages. */
import { Refused, gate } from './api.js';
import { ask, tell } from './ask.js';
import { uuid } from './dom.js';
import { guestName } from './guest-name.js';
import { t } from './i18n.js';
import { asStaff } from './staff.js';
import { GivenUp, untilAnswered } from './until-answered.js';

const LONGEST_TRY = 30_000;

/**
 * @param {{ticketId: string, name: string}} ticket
 * @returns {Promise<import('./api.js').GateTicket | null>} the ticket, not entered again; null if nothing was undone
 */
export async function undo(ticket) {
  const { ticketId } = ticket;
  const name = guestName(ticket);
  const reason = await ask({
    title: t('undo.title'),
    text: t('undo.text', { name }),
    field: { label: t('undo.reason'), required: true, suggestions: [t('undo.reason.mistake'), t('undo.reason.wrong'), t('undo.reason.left')] },
    confirm: t('undo.confirm'),
  });
  if (reason === null) {
    return null;
  }
  const key = uuid();
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), LONGEST_TRY);
  try {
    const undone = await untilAnswered(() => asStaff(() => gate.undo(ticketId, reason, key)),
      { signal: patience.signal, onFailure: () => tell(t('error.trying')) });
    tell(t('undo.done', { name }));
    return undone;
  } catch (failure) {
    tell(failure instanceof Refused && failure.code === 'STATE_CHANGED' ? t('undo.nothing')
      : failure instanceof GivenUp ? t('error.unanswered') : /** @type {Error} */ (failure).message);
    return null;
  } finally {
    clearTimeout(timer);
  }
}
