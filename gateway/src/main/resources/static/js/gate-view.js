/** Draws the scan at hand: verdict, person, and what staff can do now. */
import { Refused } from './api.js';
import { bdi, byId, el, fill, show } from './dom.js';
import { lastDigits } from './find-ticket.js';
import { guestName } from './guest-name.js';
import { hasText, t } from './i18n.js';
import { icon } from './icons.js';
import { may } from './staff.js';
import { eventTime, moment } from './time.js';
import { look } from './verdicts.js';

/**
 * The scan at hand, from the code to the outcome; what is not there yet has not happened yet.
 * @typedef {{scan: {scanId: string, token?: string, ticketId?: string, gate: string, eventId?: string},
 *   answer?: import('./api.js').ScanAnswer, decision?: {decision: 'ALLOW' | 'DENY', reason?: string},
 *   outcome?: import('./api.js').DecisionAnswer, failure?: {code: string, message: string}, tries?: number}} CurrentScan
 * @typedef {{allow: () => void, deny: () => void, next: () => void, giveUp: () => void, undo: () => void}} Actions
 */

/** @param {CurrentScan} current @returns {'asking' | 'deciding' | string} or the verdict, outcome or PROBLEM to show */
export function phase(current) {
  if (current.failure) {
    return 'PROBLEM';
  }
  if (!current.answer) {
    return 'asking';
  }
  if (!current.decision) {
    return current.answer.verdict;
  }
  return current.outcome?.outcome ?? 'deciding';
}

/** Whether a decision can be made on it now. @param {CurrentScan} current */
export const canAllow = (current) => phase(current) === 'VALID' || (phase(current) === 'DENIED' && !current.outcome && may('SUPERVISOR'));
/** @param {CurrentScan} current */
export const canDeny = (current) => phase(current) === 'VALID';

/** Whether the decision is made and the next guest may step up without another key. @param {CurrentScan} current */
export const isSettled = (current) => current.outcome?.outcome === 'ENTERED' || current.outcome?.outcome === 'DENIED';

/** Turns a failure into what can be kept and shown. @param {unknown} failure @returns {{code: string, message: string}} */
export const asFailure = (failure) => failure instanceof Refused
  ? { code: failure.code, message: failure.message }
  : { code: 'PAGE', message: /** @type {Error} */ (failure).message };

let shown = '';

/** @param {CurrentScan | null} current @param {Actions} actions */
export function showScan(current, actions) {
  const panel = byId('verdict');
  show(panel, current);
  show(byId('reader'), !current || isSettled(current));
  if (!current) {
    shown = '';
    return;
  }
  const now = phase(current);
  const waiting = now === 'asking' || now === 'deciding';
  panel.dataset.verdict = waiting ? '' : now;
  panel.classList.toggle('waiting', waiting);
  panel.classList.toggle('settled', isSettled(current));
  fill(byId('verdict-icon'), waiting ? el('span', { class: 'spinner' }) : icon(look(now).icon));
  byId('verdict-word').textContent = word(now);
  byId('verdict-help').textContent = help(current, now);
  const ticket = current.outcome?.ticket ?? current.answer?.ticket;
  fill(byId('verdict-body'), ...(ticket ? person(ticket, now, current) : []));
  fill(byId('verdict-actions'), ...buttons(current, now, actions));
  const key = `${current.scan.scanId} ${now}`;
  if (key !== shown) {
    shown = key;
    byId('verdict-word').focus({ preventScroll: true });
    scrollTo({ top: 0 });
  }
}

/** @param {string} now */
const word = (now) => t(hasText(`verdict.${now}`) ? `verdict.${now}` : 'verdict.PROBLEM');

/** @param {CurrentScan} current @param {string} now */
function help(current, now) {
  if (now === 'asking' || now === 'deciding') {
    return current.tries ? t('gate.trying', { n: current.tries }) : t('gate.wait');
  }
  if (now === 'PROBLEM') {
    const key = `gate.problem.${current.failure?.code}`;
    return hasText(key) ? t(key) : current.failure?.message ?? '';
  }
  if (now === 'DENIED' && !current.outcome) {
    return t(may('SUPERVISOR') ? 'verdict.DENIED.may' : 'verdict.DENIED.help');
  }
  if (now === 'DENIED') {
    return t('verdict.DENIED.done');
  }
  return hasText(`verdict.${now}.help`) ? t(`verdict.${now}.help`) : current.answer?.message ?? '';
}

/** @param {import('./api.js').GateTicket} ticket @param {string} now @param {CurrentScan} current */
function person(ticket, now, current) {
  const known = { gate: ticket.gate ?? '', staff: ticket.decidedBy ?? '' };
  const enteredBefore = now === 'ALREADY_ENTERED' && ticket.entryTime;
  const deniedBefore = now === 'DENIED' && !current.outcome && ticket.gate;
  return [
    enteredBefore && el('p', { class: 'before' }, t('gate.before', { ...known, time: moment(enteredBefore, ticket.event.timeZone) })),
    deniedBefore && el('p', { class: 'before' }, t('gate.before.DENIED', known)),
    el('p', { class: 'name' }, bdi(guestName(ticket))),
    el('p', { class: 'university' }, bdi(ticket.university)),
    el('p', { class: 'event' }, bdi(ticket.event.name), el('span', { class: 'soft' }, eventTime(ticket.event))),
    el('p', { class: 'soft' }, t('gate.phone'), ' ', el('bdi', { dir: 'ltr' }, lastDigits(ticket.mobile)),
      current.answer?.method === 'LOOKUP' && el('span', { class: 'tag' }, t('gate.lookup'))),
  ];
}

/** @param {CurrentScan} current @param {string} now @param {Actions} actions */
function buttons(current, now, { allow, deny, next, giveUp, undo }) {
  const button = (/** @type {string} */ text, /** @type {string} */ key, /** @type {string} */ kind, /** @type {() => void} */ onclick) =>
    el('button', { type: 'button', class: kind, onclick, 'aria-keyshortcuts': key || null }, text, key && el('kbd', { 'aria-hidden': 'true' }, key));
  if (now === 'asking' || now === 'deciding') {
    return [current.tries && button(t('gate.give-up'), 'Esc', 'quiet', giveUp)];
  }
  if (canAllow(current)) {
    return [
      canDeny(current) ? button(t('gate.deny'), 'D', 'deny', deny) : button(t('gate.next'), 'Enter', '', next),
      button(t(canDeny(current) ? 'gate.allow' : 'gate.allow-anyway'), 'A', 'allow', allow),
      canDeny(current) && button(t('gate.leave'), 'Esc', 'quiet whole', next),
    ];
  }
  return [
    now === 'ALREADY_ENTERED' && may('SUPERVISOR') && button(t('undo.button'), '', 'quiet', undo),
    button(t('gate.next'), 'Enter', isSettled(current) ? '' : 'primary', next),
  ];
}
