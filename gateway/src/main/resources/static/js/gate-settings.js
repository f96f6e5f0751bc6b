/** What this device knows about its door: name of the gate, event, camera, sound. Kept on the device. */
import { attendee } from './api.js';
import { byId, el } from './dom.js';
import { inEveryLanguage, t } from './i18n.js';
import { onStaffChange, post } from './staff.js';

const KEPT = 'gate-settings';

/** @typedef {{gate: string, eventId: string, cameraId: string, cameraOn: boolean, sound: boolean}} GateSettings */

/** @type {GateSettings} */
export const settings = {
  gate: '', eventId: '', cameraId: '', cameraOn: false, sound: true, ...JSON.parse(localStorage.getItem(KEPT) ?? '{}'),
};

/** @param {Partial<GateSettings>} change */
export function set(change) {
  Object.assign(settings, change);
  localStorage.setItem(KEPT, JSON.stringify(settings));
}

/** @type {import('./api.js').OfferedEvent[]} */
let events = [];

/** Shows where this door is, and loads the events to choose from. */
export async function startSettings() {
  inEveryLanguage(showPlace);
  onStaffChange(takePost);
  takePost();
  events = await attendee.events().catch(() => []);
  showPlace();
}

/** A paired phone is where it was paired for. */
function takePost() {
  const place = post();
  if (place) {
    set({ gate: place.gate, ...(place.eventId && { eventId: place.eventId }) });
    showPlace();
  }
}

function showPlace() {
  const event = events.find(({ id }) => id === settings.eventId);
  byId('place-name').textContent = settings.gate
    ? `${settings.gate} · ${event?.name ?? t('settings.event.any')}`
    : t('settings.title');
}

/**
 * Asks for the settings, again until there is a name for the gate.
 * @param {{deviceId: string, label: string}[]} cameras
 */
export function askSettings(cameras) {
  const dialog = byId('settings');
  const form = byId('settings-form');
  offer(form.elements.event, [['', t('settings.event.any')], ...events.map(({ id, name }) => [id, name])], settings.eventId);
  offer(form.elements.camera, [['', t('settings.camera.back')],
    ...cameras.map(({ deviceId, label }, i) => [deviceId, label || t('settings.camera.n', { number: i + 1 })])], settings.cameraId);
  form.elements.gate.value = settings.gate;
  form.elements.gate.readOnly = Boolean(post());
  form.elements.event.disabled = Boolean(post()?.eventId);
  form.elements.sound.checked = settings.sound;
  dialog.oncancel = (/** @type {Event} */ cancelled) => settings.gate || cancelled.preventDefault();
  dialog.showModal();
  return new Promise((done) => {
    form.onsubmit = () => set({
      gate: form.elements.gate.value.trim() || t('gate.title'), eventId: form.elements.event.value,
      cameraId: form.elements.camera.value, sound: form.elements.sound.checked,
    });
    dialog.onclose = () => {
      showPlace();
      done(undefined);
    };
  });
}

/** @param {HTMLSelectElement} select @param {string[][]} options @param {string} chosen */
function offer(select, options, chosen) {
  select.replaceChildren(...options.map(([value, text]) => el('option', { value }, text)));
  select.value = options.some(([value]) => value === chosen) ? chosen : '';
}
