/** Phones of the door: pair with a code that works once, revoke. */
import { admin } from './api.js';
import { ask, tell } from './ask.js';
import { bdi, byId, el, fill } from './dom.js';
import { explainInForm, showFormErrors } from './form-errors.js';
import { t } from './i18n.js';
import { asStaff, may } from './staff.js';

/** @param {import('./admin.js').Desk} desk @returns {import('./admin.js').Section} */
export function startDevices(desk) {
  const form = byId('device-form');
  const dialog = byId('device-dialog');

  byId('new-device').addEventListener('click', open);
  byId('device-back').addEventListener('click', () => dialog.close());
  byId('pairing-dialog').addEventListener('close', forgetCode);
  form.addEventListener('submit', (/** @type {Event} */ submitted) => {
    submitted.preventDefault();
    return offer();
  });

  async function enter() {
    if (!may('ADMIN')) {
      return;
    }
    try {
      const devices = await asStaff(admin.devices);
      fill(byId('devices-list'), ...devices.map(card));
    } catch (failure) {
      fill(byId('devices-list'), el('li', { class: 'error' }, /** @type {Error} */ (failure).message));
    }
  }

  /** @param {import('./api.js').Device} device */
  function card({ id, name, gate, eventId, pairedAt }) {
    const event = desk.events().find((offered) => offered.id === eventId);
    return el('li', { class: 'card row' },
      el('div', { class: 'grow' },
        el('strong', {}, bdi(name)),
        el('span', { class: 'soft' }, ' ', bdi(gate), event && ' · ', event && bdi(event.name)),
        !pairedAt && el('span', { class: 'tag' }, t('devices.waiting'))),
      el('p', { class: 'actions' },
        el('button', { type: 'button', class: 'danger', 'aria-label': t('devices.revoke.of', { name }), onclick: () => revoke(id, name) }, t('devices.revoke'))));
  }

  function open() {
    const fields = form.elements;
    form.reset();
    fields.event.replaceChildren(el('option', { value: '' }, t('settings.event.any')), ...desk.events().map(({ id, name }) => el('option', { value: id }, name)));
    showFormErrors('device', {});
    dialog.showModal();
    fields.name.focus();
  }

  async function offer() {
    const { name, gate, event } = form.elements;
    const errors = Object.fromEntries([name, gate].filter((field) => !field.value.trim()).map((field) => [field.name, t('error.required')]));
    showFormErrors('device', errors);
    if (Object.keys(errors).length) {
      return;
    }
    try {
      const pairing = await asStaff(() => admin.offerPairing({
        name: name.value, gate: gate.value, ...(event.value && { eventId: event.value }),
      }));
      dialog.close();
      byId('pairing-qr').src = `data:image/svg+xml,${encodeURIComponent(pairing.qr)}`;
      byId('pairing-link').href = pairing.url;
      byId('pairing-dialog').showModal();
      await enter();
    } catch (failure) {
      explainInForm('device', failure);
    }
  }

  function forgetCode() {
    byId('pairing-qr').removeAttribute('src');
    byId('pairing-link').removeAttribute('href');
    return enter();
  }

  /** @param {string} id @param {string} name */
  async function revoke(id, name) {
    if ((await ask({ title: t('devices.revoke'), text: t('devices.revoke.text', { name }), confirm: t('devices.revoke'), danger: true })) === null) {
      return;
    }
    try {
      await asStaff(() => admin.revokeDevice(id));
      await enter();
    } catch (failure) {
      tell(t('error.unanswered'));
    }
  }

  return { enter };
}
