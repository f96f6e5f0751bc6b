/** Events: create, edit, open and close registration. Times are entered as the clock at the venue shows them. */
import { admin } from './api.js';
import { tell } from './ask.js';
import { bdi, byId, el, fill } from './dom.js';
import { explainInForm, showFormErrors } from './form-errors.js';
import { t } from './i18n.js';
import { asStaff } from './staff.js';
import { eventTime, instant, wallTime } from './time.js';

const HOUR = 3600;
const DAY = 24 * HOUR;
/** Browsers still report India's zone by its old name. */
const HERE = Intl.DateTimeFormat().resolvedOptions().timeZone.replace('Asia/Calcutta', 'Asia/Kolkata');

/** @param {import('./admin.js').Desk} desk @returns {import('./admin.js').Section} */
export function startEvents(desk) {
  const form = byId('event-form');
  const dialog = byId('event-dialog');
  /** @type {import('./api.js').OfferedEvent | null} */
  let edited = null;

  byId('time-zones').append(...(Intl.supportedValuesOf?.('timeZone') ?? []).map((value) => el('option', { value })));
  byId('new-event').addEventListener('click', () => open(null));
  byId('event-back').addEventListener('click', () => dialog.close());
  form.addEventListener('submit', (/** @type {Event} */ submitted) => {
    submitted.preventDefault();
    return save();
  });

  async function enter() {
    await desk.reloadEvents();
    draw();
  }

  function draw() {
    fill(byId('events-list'), ...desk.events().map((event) => el('li', { class: 'card' },
      el('h3', {}, bdi(event.name)),
      el('p', {}, bdi(event.venue), el('br'), eventTime(event)),
      el('p', {}, el('span', { class: `places ${event.registration.toLowerCase()}` }, t(`events.${event.registration}`)), ' ',
        t('events.taken', { taken: event.capacity - event.remaining, capacity: event.capacity })),
      el('p', { class: 'actions' },
        el('button', { type: 'button', 'aria-label': t('events.edit.of', { name: event.name }), onclick: () => open(event) }, t('events.edit')),
        Date.parse(event.endsAt) > Date.now() && el('button', { type: 'button', onclick: () => toggle(event) },
          t(!event.registrationOpen ? 'events.reopen' : 'events.close'))))));
  }

  /** @param {import('./api.js').OfferedEvent | null} event */
  function open(event) {
    edited = event;
    const fields = form.elements;
    byId('event-dialog-title').textContent = t(event ? 'events.edit' : 'events.new');
    const timeZone = event?.timeZone ?? HERE;
    fields.name.value = event?.name ?? '';
    fields.venue.value = event?.venue ?? '';
    fields.timeZone.value = timeZone;
    fields.startsAt.value = event ? wallTime(event.startsAt, timeZone) : '';
    fields.endsAt.value = event ? wallTime(event.endsAt, timeZone) : '';
    fields.capacity.value = event?.capacity ?? '';
    fields.tokenLifetime.value = event?.tokenLifetime ? seconds(event.tokenLifetime) / HOUR : '';
    fields.retention.value = event?.retention ? seconds(event.retention) / DAY : '';
    fields.registrationOpen.checked = event?.registrationOpen ?? true;
    showFormErrors('event', {});
    dialog.showModal();
    fields.name.focus();
  }

  async function save() {
    const fields = form.elements;
    /** @type {Record<string, string>} */
    const errors = {};
    for (const name of ['name', 'venue', 'timeZone', 'startsAt', 'endsAt', 'capacity']) {
      if (!fields[name].value.trim()) {
        errors[name] = t('error.required');
      }
    }
    if (!errors.timeZone && !isTimeZone(fields.timeZone.value.trim())) {
      errors.timeZone = t('events.zone.wrong');
    }
    if (!errors.startsAt && !errors.endsAt && fields.endsAt.value <= fields.startsAt.value) {
      errors.endsAt = t('events.ends.wrong');
    }
    showFormErrors('event', errors);
    if (Object.keys(errors).length) {
      return;
    }
    const timeZone = fields.timeZone.value.trim();
    const event = {
      name: fields.name.value.trim(), venue: fields.venue.value.trim(), timeZone,
      startsAt: instant(fields.startsAt.value, timeZone), endsAt: instant(fields.endsAt.value, timeZone),
      capacity: Number(fields.capacity.value),
      ...(fields.tokenLifetime.value && { tokenLifetime: `PT${Math.round(Number(fields.tokenLifetime.value) * HOUR)}S` }),
      ...(fields.retention.value && { retention: `PT${Math.round(Number(fields.retention.value) * DAY)}S` }),
      registrationOpen: fields.registrationOpen.checked,
    };
    try {
      await asStaff(() => (edited ? admin.changeEvent(edited.id, event) : admin.createEvent(event)));
      dialog.close();
      tell(t('events.saved', { name: event.name }));
      await enter();
    } catch (failure) {
      explainInForm('event', failure);
    }
  }

  /** Opens or closes registration. @param {import('./api.js').OfferedEvent} event */
  async function toggle(event) {
    const { id, name, venue, startsAt, endsAt, timeZone, capacity, tokenLifetime, retention } = event;
    try {
      await asStaff(() => admin.changeEvent(id, {
        name, venue, startsAt, endsAt, timeZone, capacity, ...(tokenLifetime && { tokenLifetime }), ...(retention && { retention }),
        registrationOpen: !event.registrationOpen,
      }));
      await enter();
    } catch (failure) {
      tell(/** @type {Error} */ (failure).message || t('error.unanswered'));
    }
  }

  return { enter };
}

/** @param {string} name */
function isTimeZone(name) {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return name.includes('/') || name === 'UTC';
  } catch {
    return false;
  }
}

/** @param {string} iso a duration such as `PT24H` or `P2DT30M` */
function seconds(iso) {
  const [, days = 0, hours = 0, minutes = 0, rest = 0] = /^P(?:([\d.]+)D)?(?:T(?:([\d.]+)H)?(?:([\d.]+)M)?(?:([\d.]+)S)?)?$/.exec(iso) ?? [];
  return Number(days) * DAY + Number(hours) * HOUR + Number(minutes) * 60 + Number(rest);
}
