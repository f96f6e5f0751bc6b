/** One question in a dialog: are you sure, and why. Used for deny, undo and cancel. */
import { el, show } from './dom.js';
import { t } from './i18n.js';

/**
 * @param {{title: string, text?: string | Node, confirm: string, danger?: boolean, back?: string,
 *   field?: {label: string, required?: boolean, suggestions?: string[]}}} question
 * @returns {Promise<string | null>} what was typed (empty without a field); null if taken back
 */
export function ask({ title, text, confirm, danger, back, field }) {
  return new Promise((answer) => {
    const input = el('input', { id: 'ask-input', maxLength: 200, autocomplete: 'off', dir: 'auto' });
    const missing = el('p', { id: 'ask-error', class: 'error', hidden: true }, t('error.required'));
    const form = el(
      'form',
      { method: 'dialog' },
      el('h2', { id: 'ask-title' }, title),
      text && el('p', {}, text),
      field && el('label', { for: 'ask-input' }, field.label),
      field && input,
      field && missing,
      field?.suggestions && el('p', { class: 'chips' }, ...field.suggestions.map((suggestion) =>
        el('button', { type: 'button', class: 'chip', onclick: () => { input.value = suggestion; input.focus(); } }, suggestion))),
      el('p', { class: 'actions' },
        el('button', { type: 'button', class: 'quiet', onclick: () => dialog.close() }, back ?? t('common.back')),
        el('button', { type: 'submit', class: danger ? 'danger' : 'primary' }, confirm)),
    );
    const dialog = el('dialog', { 'aria-labelledby': 'ask-title', class: 'question' }, form);
    let given = /** @type {string | null} */ (null);
    form.addEventListener('submit', (/** @type {Event} */ submitted) => {
      if (field?.required && !input.value.trim()) {
        submitted.preventDefault();
        input.setAttribute('aria-invalid', 'true');
        input.setAttribute('aria-describedby', 'ask-error');
        show(missing, true);
        input.focus();
        return;
      }
      given = input.value.trim();
    });
    dialog.addEventListener('close', () => {
      dialog.remove();
      answer(given);
    });
    document.body.append(dialog);
    dialog.showModal();
    (field ? input : form.querySelector('[type=submit]')).focus();
  });
}

/** A short message that goes away by itself, also read aloud. @param {string} text */
export function tell(text) {
  const old = document.querySelector('.toast');
  old?.remove();
  const toast = el('p', { class: 'toast', role: 'status' });
  document.body.append(toast);
  toast.textContent = text;
  setTimeout(() => toast.remove(), 6_000);
}
