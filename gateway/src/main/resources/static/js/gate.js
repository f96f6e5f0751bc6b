/**
 * The door. One scan at a time: a code comes in (camera, hand scanner, address, paste, search), the server judges it,
 * a human decides, the server records it. Whatever was not answered is asked again under the same scanId until it is,
 * also after a reload or a new sign-in. Nothing sounds or shows before the server has answered.
 */
import { Refused, gate, session } from './api.js';
import { ask, tell } from './ask.js';
import { connection } from './connection.js';
import { byId, pause, uuid } from './dom.js';
import { prepareSound, signal } from './feedback.js';
import { startFind } from './find-ticket.js';
import { askSettings, settings, startSettings } from './gate-settings.js';
import { asFailure, canAllow, canDeny, isSettled, phase, showScan } from './gate-view.js';
import { listenToKeys } from './hand-scanner.js';
import { handedOver, takeHandedOver, takePairing } from './handover.js';
import { inEveryLanguage, startLanguage, t } from './i18n.js';
import { drawIcons } from './icons.js';
import { remember, startRecent } from './recent-decisions.js';
import { asStaff, beforeSignOut, isSignedIn, onStaffChange, startStaff } from './staff.js';
import { undo } from './undo.js';
import { GivenUp, untilAnswered } from './until-answered.js';
import { Viewfinder } from './viewfinder.js';

const KEPT = 'current-scan';
const HEARTBEAT = 15_000;
const HEARTBEAT_WITHOUT_LINE = 3_000;

/** @type {import('./gate-view.js').CurrentScan | null} */
let current = JSON.parse(sessionStorage.getItem(KEPT) ?? 'null');
let patience = new AbortController();

await startLanguage();
drawIcons();
prepareSound();
byId('guest-hint').hidden = !handedOver();
const viewfinder = new Viewfinder({ onCode: (text) => scan({ token: text }) });
listenToKeys({ onCode: (text) => scan({ token: text }), onKey: pressed });
byId('code-form').addEventListener('submit', typed);
byId('typed-code').addEventListener('paste', pasted);
byId('open-settings').addEventListener('click', openSettings);
startFind({ onFound: ({ ticketId }) => scan({ ticketId }) });
startRecent();
connection.addEventListener('change', showConnection);
inEveryLanguage(showConnection);
inEveryLanguage(showCurrent);
onStaffChange(showCurrent);
beforeSignOut(async () => !isWaiting() || (await askToStop(t('sign-in.out'))) !== null);

await pair();
await startStaff();
await startSettings();
if (!settings.gate) {
  await openSettings();
}
if (settings.cameraOn) {
  viewfinder.start();
}
if (current && !isSettled(current)) {
  resume();
}
const code = takeHandedOver();
if (code) {
  scan({ token: code });
}
heartbeat();

/** If an ADMIN's pairing link opened this page, the phone becomes a device of the door. */
async function pair() {
  const code = takePairing();
  if (code) {
    await session.pair(code).catch((failure) => tell(t(failure instanceof Refused ? 'pair.refused' : 'error.unanswered')));
  }
}

/** @param {{token: string} | {ticketId: string}} what */
function scan(what) {
  if (current && (isWaiting() || canDeny(current))) {
    tell(t('gate.decide-first'));
    return;
  }
  document.querySelectorAll('dialog[open]').forEach((dialog) => /** @type {HTMLDialogElement} */ (dialog).close());
  byId('typed-code').value = '';
  current = { scan: { scanId: uuid(), ...what, gate: settings.gate || t('gate.title'), ...(settings.eventId && { eventId: settings.eventId }) } };
  return resume();
}

/** Carries the scan at hand on from wherever it is: asks for the verdict, or for the outcome of the decision. */
async function resume() {
  const mine = /** @type {import('./gate-view.js').CurrentScan} */ (current);
  patience = new AbortController();
  mine.tries = 0;
  showCurrent();
  try {
    if (!mine.answer) {
      const answer = await insist(mine, () => gate.scan(mine.scan));
      mine.answer = answer;
      signal(answer.verdict, settings.sound);
    } else if (mine.decision && !mine.outcome) {
      const { decision } = mine;
      const outcome = await insist(mine, () => gate.decide(mine.scan.scanId, decision));
      mine.outcome = outcome;
      signal(outcome.outcome, settings.sound);
      if (isSettled(mine) && outcome.ticket) {
        remember(outcome.ticket, outcome.outcome);
      }
    }
  } catch (failure) {
    if (failure instanceof GivenUp) {
      return;
    }
    mine.failure = asFailure(failure);
    signal('PROBLEM', settings.sound);
  }
  showCurrent();
}

/**
 * Repeats the call until it is answered; staff see how often it was tried.
 * @template T
 * @param {import('./gate-view.js').CurrentScan} mine
 * @param {() => Promise<T>} call
 */
function insist(mine, call) {
  return untilAnswered(() => asStaff(call), {
    signal: patience.signal,
    onFailure: (tries) => {
      mine.tries = tries;
      showCurrent();
    },
  });
}

/** @param {'ALLOW' | 'DENY'} decision @param {string} [reason] */
function decide(decision, reason) {
  if (current && (decision === 'ALLOW' ? canAllow(current) : canDeny(current))) {
    current.decision = { decision, ...(reason && { reason }) };
    return resume();
  }
}

async function deny() {
  const scanId = current?.scan.scanId;
  const reason = await ask({
    title: t('deny.title'),
    field: { label: t('deny.reason'), suggestions: [t('deny.reason.id'), t('deny.reason.behaviour'), t('deny.reason.organiser')] },
    confirm: t('deny.confirm'),
    danger: true,
  });
  if (reason !== null && current?.scan.scanId === scanId) {
    decide('DENY', reason);
  }
}

function next() {
  current = null;
  showCurrent();
}

function isWaiting() {
  return current !== null && (phase(current) === 'asking' || phase(current) === 'deciding');
}

/** @param {string} confirm */
function askToStop(confirm) {
  return ask({ title: t('give-up.title'), text: t('give-up.text'), confirm, back: t('give-up.back'), danger: true });
}

async function giveUp() {
  if (current?.decision && (await askToStop(t('gate.give-up'))) === null) {
    return;
  }
  if (isWaiting()) {
    patience.abort();
    next();
  }
}

async function undoEntry() {
  const ticket = current?.answer?.ticket;
  if (ticket && (await undo(ticket))) {
    next();
  }
}

function showCurrent() {
  if (current) {
    sessionStorage.setItem(KEPT, JSON.stringify(current));
  } else {
    sessionStorage.removeItem(KEPT);
  }
  showScan(current, { allow: () => decide('ALLOW'), deny, next, giveUp, undo: undoEntry });
  viewfinder.listening = !current || isSettled(current);
}

/** @param {string} key @returns {boolean} whether it did something */
function pressed(key) {
  if (document.querySelector('dialog[open]') || !isSignedIn()) {
    return false;
  }
  if ((/^[1-4]$/.test(key) && viewfinder.take(Number(key))) || (key === 'Escape' && viewfinder.takeNone())) {
    return true;
  }
  const action = current && actionOf(key, current);
  action?.();
  return Boolean(action);
}

/** @param {string} key @param {import('./gate-view.js').CurrentScan} scanned @returns {(() => void) | null} */
function actionOf(key, scanned) {
  const waiting = phase(scanned) === 'asking' || phase(scanned) === 'deciding';
  switch (key) {
    case 'A':
      return canAllow(scanned) ? () => decide('ALLOW') : null;
    case 'D':
      return canDeny(scanned) ? deny : null;
    case 'Enter':
      return waiting || canDeny(scanned) ? null : next;
    case 'Escape':
      return !waiting ? next : scanned.tries ? giveUp : null;
    default:
      return null;
  }
}

/** @param {Event} submitted */
function typed(submitted) {
  submitted.preventDefault();
  const text = byId('typed-code').value.trim();
  if (text) {
    scan({ token: text });
  }
}

/** A pasted code needs no further key. @param {ClipboardEvent} paste */
function pasted(paste) {
  const text = paste.clipboardData?.getData('text').trim();
  if (text) {
    paste.preventDefault();
    scan({ token: text });
  }
}

async function openSettings() {
  await askSettings(await viewfinder.cameras().catch(() => []));
  await viewfinder.restart();
}

function showConnection() {
  const chip = byId('connection');
  chip.dataset.state = connection.state;
  chip.textContent = t(`connection.${connection.state}`);
}

/** Notices a dead line or an ended session before the next guest does. */
async function heartbeat() {
  for (;;) {
    await pause(connection.state === 'gone' ? HEARTBEAT_WITHOUT_LINE : HEARTBEAT);
    if (!document.hidden && isSignedIn()) {
      await asStaff(session.current).catch(() => {});
    }
  }
}
