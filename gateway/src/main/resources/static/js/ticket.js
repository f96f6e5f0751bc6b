/**
 * The attendee's ticket: from "being prepared" to the code to "you are in", without reloading. The link of this page
 * carries ticket id and access code in its fragment, which no server ever sees.
 */
import { Refused, attendee, serverNow } from './api.js';
import { byId, el, fill, pause, show } from './dom.js';
import { inEveryLanguage, startLanguage, t } from './i18n.js';
import { icon } from './icons.js';
import { forget, keep, keepPage, recall } from './kept-ticket.js';
import { follow } from './stream.js';
import { duration, eventTime, moment } from './time.js';
import { look } from './verdicts.js';

const [ticketId = '', accessCode = ''] = location.hash.slice(1).split('.');
/** How often to ask although a stream tells us, in milliseconds: with the line up, and with it down. */
const NET_WITH_LINE = 60_000;
const NET_WITHOUT_LINE = 5_000;

/** @type {import('./api.js').AttendeeTicket | null} */
let ticket = null;
/** @type {{svg: string, expiresAt: string, at: number} | null} the code on the screen */
let code = null;
let entryAt = '';
let line = true;
let unknown = false;
let loadingCode = false;
/** Not before this moment another try to fetch the code. */
let nextCode = 0;
/** @type {WakeLockSentinel | null} */
let awake = null;
let wakingUp = false;

await startLanguage();
addEventListener('hashchange', () => location.reload());
byId('save').addEventListener('click', save);
byId('print').addEventListener('click', () => print());
byId('share').addEventListener('click', share);
showKept();
inEveryLanguage(showAll);
setInterval(everySecond, 1_000);
document.addEventListener('visibilitychange', keepAwake);
if (ticketId && accessCode) {
  followUpdates();
  askNowAndThen();
  keepPage().catch(() => {});
} else {
  unknown = true;
  showAll();
}

function showKept() {
  const kept = ticketId ? recall(ticketId) : null;
  if (kept) {
    ticket = kept.ticket;
    showCode(kept);
  }
}

function followUpdates() {
  const listener = new AbortController();
  follow(attendee.updates(ticketId, accessCode), {
    signal: listener.signal,
    onLine: (connected) => {
      line = connected;
      showAll();
    },
    onEvent: (name, data) => {
      if (data.ticketId) {
        learn(data);
      } else if (name === 'entry' && ticket) {
        entryAt = data.at ?? '';
        learn({ ...ticket, entry: data.entry });
      }
    },
  });
}

async function askNowAndThen() {
  while (!unknown) {
    await askTicket();
    await pause(line && ticket?.state === 'READY' ? NET_WITH_LINE : NET_WITHOUT_LINE);
  }
}

async function askTicket() {
  try {
    learn(await attendee.ticket(ticketId, accessCode));
  } catch (failure) {
    if (failure instanceof Refused && failure.status === 404) {
      unknown = true;
      forget(ticketId);
    }
    showAll();
  }
}

/** @param {import('./api.js').AttendeeTicket} present */
function learn(present) {
  // a page opened later is no news, and browsers let a page vibrate only once it was touched
  if (ticket && ticket.entry !== 'ENTERED' && present.entry === 'ENTERED' && navigator.userActivation?.hasBeenActive) {
    navigator.vibrate?.(200);
  }
  ticket = present;
  showAll();
  loadCodeIfDue();
}

/** @param {{expiresAt: string} | null} shown @returns {boolean} whether there is a code and it has not run out */
function isGood(shown) {
  return shown !== null && Date.parse(shown.expiresAt) > serverNow();
}

/** Fetches the code when there is none or it has run out: the server renews it for whoever holds the access code. */
async function loadCodeIfDue() {
  const needed = ticket?.state === 'READY' && ticket.entry !== 'CANCELLED';
  if (!needed || isGood(code) || loadingCode || Date.now() < nextCode) {
    return;
  }
  loadingCode = true;
  nextCode = Date.now() + 3_000;
  try {
    const { expiresAt } = await attendee.token(ticketId, accessCode);
    const svg = await (await attendee.qrDrawing(ticketId, accessCode)).text();
    showCode({ svg, expiresAt, at: Date.now() });
    keep(ticketId, { ticket: /** @type {import('./api.js').AttendeeTicket} */ (ticket), svg, expiresAt, at: Date.now() });
  } catch (failure) {
    if (failure instanceof Refused && failure.status === 410 && ticket) {
      ticket = { ...ticket, entry: 'CANCELLED' };
    }
  } finally {
    loadingCode = false;
  }
  showAll();
}

/** @param {{svg: string, expiresAt: string, at: number}} fresh */
function showCode(fresh) {
  code = fresh;
  const image = byId('qr');
  URL.revokeObjectURL(image.src);
  image.src = URL.createObjectURL(new Blob([fresh.svg], { type: 'image/svg+xml' }));
}

function showAll() {
  const entry = ticket?.entry;
  const usable = entry === 'NOT_ENTERED' || entry === 'DENIED';
  showLine();
  showState(unknown ? 'UNKNOWN' : entry && entry !== 'NOT_ENTERED' ? entry : '');
  show(byId('preparing'), !unknown && ticket?.state === 'PREPARING' && entry !== 'CANCELLED');
  show(byId('code'), !unknown && code && usable);
  show(byId('keep'), !unknown && code && usable);
  show(byId('person'), !unknown && ticket);
  document.body.dataset.entry = unknown ? 'UNKNOWN' : entry ?? '';
  if (ticket && !unknown) {
    document.title = `${ticket.event.name} – ${t('ticket.title')}`;
    byId('event-name').textContent = ticket.event.name;
    byId('event-name').dir = 'auto';
    byId('event-time').textContent = eventTime(ticket.event);
    fill(byId('event-venue'), el('bdi', {}, ticket.event.venue));
    fill(byId('person-name'), el('bdi', {}, ticket.attendee.name));
    fill(byId('person-university'), el('bdi', {}, ticket.attendee.university));
    byId('person-ticket').textContent = ticket.ticketId.slice(0, 8).toUpperCase();
  }
  byId('qr').alt = t('ticket.qr');
  byId('printed').textContent = code ? t('ticket.printed', { time: expiry() }) : '';
  everySecond();
  keepAwake();
}

/** @param {string} state */
function showState(state) {
  const place = byId('state');
  if (place.dataset.shown === state + document.documentElement.lang) {
    return; // said once is enough for a screen reader
  }
  place.dataset.shown = state + document.documentElement.lang;
  place.dataset.verdict = state;
  show(place, state);
  if (state) {
    const symbol = state === 'UNKNOWN' ? 'question' : look(state).icon;
    fill(place, icon(symbol), el('div', {},
      el('h2', {}, t(`ticket.${state}`)),
      el('p', {}, t(`ticket.${state}.help`)),
      entryAt && el('p', { class: 'small' }, moment(entryAt, ticket?.event.timeZone))));
  }
}

function showLine() {
  const lost = !line && !unknown;
  byId('line').textContent = lost ? t(isGood(code) ? 'ticket.offline.code' : 'ticket.offline') : '';
  show(byId('line'), lost);
}

function everySecond() {
  if (!code) {
    loadCodeIfDue();
    return;
  }
  const since = t('ticket.age', { time: moment(new Date(code.at).toISOString()) });
  const left = Date.parse(code.expiresAt) - serverNow();
  byId('age').textContent = left <= 0 ? t(line ? 'ticket.renewing' : 'ticket.expired')
    : line ? t('ticket.renewal', { time: duration(left) }) : since;
  loadCodeIfDue();
}

/** The screen must not go dark in the queue. */
async function keepAwake() {
  const wanted = !byId('code').hidden && document.visibilityState === 'visible';
  if (wanted && navigator.wakeLock && !awake && !wakingUp) {
    wakingUp = true;
    awake = await navigator.wakeLock.request('screen').catch(() => null);
    awake?.addEventListener('release', () => (awake = null));
    wakingUp = false;
  } else if (!wanted) {
    await awake?.release();
  }
}

async function save() {
  try {
    const picture = URL.createObjectURL(await attendee.qrPicture(ticketId, accessCode));
    el('a', { href: picture, download: `${ticket?.event.name ?? 'ticket'}.png`.replace(/[\\/:*?"<>|]/g, '') }).click();
    setTimeout(() => URL.revokeObjectURL(picture), 60_000);
    say(t('ticket.saved', { time: expiry() }));
  } catch {
    say(t('ticket.not-saved'));
  }
}

async function share() {
  try {
    if (navigator.share) {
      await navigator.share({ title: document.title, url: location.href });
    } else {
      await navigator.clipboard.writeText(location.href);
      say(t('ticket.copied'));
    }
  } catch (failure) {
    if (/** @type {DOMException} */ (failure).name !== 'AbortError') {
      say(t('ticket.copy-yourself'));
    }
  }
}

/** When the code on the screen runs out: a picture or a paper is not renewed. */
function expiry() {
  return code ? moment(code.expiresAt, ticket?.event.timeZone) : '';
}

/** @param {string} text */
function say(text) {
  byId('keep-note').textContent = text;
}
