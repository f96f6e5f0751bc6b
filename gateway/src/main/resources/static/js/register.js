/**
 * The register form. What is typed is kept in this tab until the server has answered, together with a key that makes
 * repetitions harmless: a double click, a reload or a lost answer ends in the same ticket.
 */
import { Refused, attendee, pages } from './api.js';
import { international, offerCountries } from './countries.js';
import { bdi, byId, el, fill, show, uuid } from './dom.js';
import { inEveryLanguage, startLanguage, t } from './i18n.js';
import { eventTime } from './time.js';

const DRAFT = 'registration-draft';
const SENT = 'registration-sent';
const FIELDS = /** @type {const} */ (['eventId', 'name', 'mobile', 'university']);
const LONGEST = { name: 100, university: 150 };

const form = byId('register-form');
/** @type {import('./api.js').OfferedEvent[] | null} */
let events = null;
let eventsFailed = false;
let sending = false;

await startLanguage();
inEveryLanguage(() => offerCountries(byId('country')));
restoreDraft();
inEveryLanguage(showEvents);
form.addEventListener('input', (/** @type {Event} */ { target }) => {
  keepDraft();
  const { name } = /** @type {HTMLInputElement} */ (target);
  showError(name === 'country' ? 'mobile' : name, '');
});
form.addEventListener('submit', (/** @type {Event} */ submitted) => {
  submitted.preventDefault();
  return register();
});
const eventsAsked = loadEvents();

async function loadEvents() {
  try {
    events = await attendee.events();
    eventsFailed = false;
  } catch {
    eventsFailed = true;
  }
  showEvents();
  if (eventsFailed) {
    setTimeout(loadEvents, 3_000);
  }
}

function showEvents() {
  const list = byId('events-list');
  if (!events) {
    fill(list, el('p', { class: 'soft', role: 'status' }, t(eventsFailed ? 'register.events.failed' : 'common.loading')));
    return;
  }
  if (!events.length) {
    fill(list, el('p', { class: 'soft' }, t('register.events.none')));
    return;
  }
  const open = events.filter(({ registration }) => registration === 'OPEN');
  const chosen = form.elements.eventId?.value || draft().eventId || (open.length === 1 ? open[0].id : '');
  fill(list, ...events.map((event) => eventChoice(event, event.id === chosen)));
}

/** @param {import('./api.js').OfferedEvent} event @param {boolean} chosen */
function eventChoice(event, chosen) {
  const open = event.registration === 'OPEN';
  return el('label', { class: 'choice' },
    el('input', { type: 'radio', name: 'eventId', value: event.id, disabled: !open, checked: open && chosen }),
    el('span', {},
      el('strong', {}, bdi(event.name)),
      el('span', { class: 'soft' }, bdi(event.venue)),
      el('span', { class: 'soft' }, eventTime(event)),
      el('span', { class: `places ${event.registration.toLowerCase()}` },
        open ? t('register.places', { n: event.remaining }) : t(`register.${event.registration}`))));
}

async function register() {
  if (sending) {
    return;
  }
  busy(true);
  await eventsAsked; // whoever is faster than the list has the event chosen for them, or before a reload
  const registration = {
    eventId: form.elements.eventId?.value ?? '',
    name: form.elements.name.value.trim(),
    mobile: international(form.elements.country.value, form.elements.mobile.value),
    university: form.elements.university.value.trim(),
  };
  showErrors(ownErrors(registration));
  if (form.querySelector('[aria-invalid]')) {
    busy(false);
    return;
  }
  try {
    const registered = await send(registration);
    sessionStorage.removeItem(DRAFT);
    form.reset();
    location.assign(pages.ticket(registered.ticketUrl));
  } catch (failure) {
    explain(failure);
    busy(false);
  }
}

/** @param {import('./api.js').Registration} registration */
async function send(registration) {
  try {
    const registered = await attendee.register(registration, keyFor(registration));
    sessionStorage.removeItem(SENT);
    return registered;
  } catch (failure) {
    if (failure instanceof Refused && failure.status !== 429) {
      sessionStorage.removeItem(SENT); // that was an answer; the next attempt is a new one
    }
    throw failure;
  }
}

/** The same key for the same filled form, until it has been answered. @param {import('./api.js').Registration} registration */
function keyFor(registration) {
  const content = JSON.stringify(registration);
  const sent = JSON.parse(sessionStorage.getItem(SENT) ?? 'null');
  const key = sent?.content === content ? sent.key : uuid();
  sessionStorage.setItem(SENT, JSON.stringify({ key, content }));
  return key;
}

/** What can be seen without asking the server. @param {import('./api.js').Registration} registration */
function ownErrors(registration) {
  /** @type {Record<string, string>} */
  const errors = {};
  for (const field of FIELDS) {
    if (!registration[field]) {
      errors[field] = t(`register.missing.${field}`);
    }
  }
  for (const field of /** @type {const} */ (['name', 'university'])) {
    if ([...registration[field]].length > LONGEST[field]) {
      errors[field] = t('register.long', { n: LONGEST[field] });
    }
  }
  return errors;
}

/** @param {unknown} failure */
function explain(failure) {
  if (!(failure instanceof Refused)) {
    showErrors({ form: t('register.unanswered') });
  } else if (failure.errors.length) {
    showErrors(Object.fromEntries(failure.errors.map(({ field, message }) =>
      FIELDS.some((known) => known === field) ? [field, t(`register.wrong.${field}`)] : ['form', `${field}: ${message}`])));
  } else if (failure.code === 'EVENT_FULL' || failure.code === 'REGISTRATION_CLOSED' || failure.code === 'UNKNOWN_EVENT') {
    showErrors({ eventId: t(`register.${failure.code}`) });
    loadEvents();
  } else {
    showErrors({ form: failure.status === 429 ? t('register.busy', { n: failure.retryAfter || 60 }) : failure.message });
  }
}

/** Puts each error beside its field and goes to the first. @param {Record<string, string>} errors by field; `form` is the whole */
function showErrors(errors) {
  for (const field of [...FIELDS, 'form']) {
    showError(field, errors[field] ?? '');
  }
  const first = form.querySelector('[aria-invalid]');
  (first?.matches('fieldset') ? first.querySelector('input:enabled') : first)?.focus();
}

/** @param {string} field @param {string} error empty: none */
function showError(field, error) {
  const place = byId(`${field}-error`);
  place.textContent = error;
  show(place, error);
  const control = field === 'eventId' ? byId('events') : form.elements[field];
  if (error) {
    control?.setAttribute('aria-invalid', 'true');
  } else {
    control?.removeAttribute('aria-invalid');
  }
}

/** @param {boolean} on */
function busy(on) {
  sending = on;
  const button = byId('register');
  button.setAttribute('aria-busy', String(on));
  button.dataset.t = on ? 'register.sending' : 'register.submit';
  button.textContent = t(button.dataset.t);
}

/** @returns {Record<string, string>} */
function draft() {
  return JSON.parse(sessionStorage.getItem(DRAFT) ?? '{}');
}

function keepDraft() {
  sessionStorage.setItem(DRAFT, JSON.stringify({ ...draft(), ...Object.fromEntries(new FormData(form)) }));
}

function restoreDraft() {
  for (const [field, value] of Object.entries(draft())) {
    if (field !== 'eventId' && form.elements[field]) {
      form.elements[field].value = value;
    }
  }
  if (sessionStorage.getItem(SENT)) {
    inEveryLanguage(() => byId('register-note').textContent = t('register.unfinished'));
    show(byId('register-note'), true);
  }
  // a page that comes back by the Back button must take the next registration
  addEventListener('pageshow', ({ persisted }) => persisted && busy(false));
}
