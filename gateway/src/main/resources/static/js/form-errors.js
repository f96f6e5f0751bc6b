/** Errors beside the fields of a dialog's form: the field `x` of form `event` is `#event-x`, its error `#event-x-error`. */
import { Refused } from './api.js';
import { byId, show } from './dom.js';
import { hasText, t } from './i18n.js';

/** @param {string} form @param {Record<string, string>} errors by field; `form` is the whole */
export function showFormErrors(form, errors) {
  for (const place of document.querySelectorAll(`[id^="${form}-"][id$="-error"]`)) {
    const field = place.id.slice(form.length + 1, -'-error'.length);
    place.textContent = errors[field] ?? '';
    show(/** @type {HTMLElement} */ (place), errors[field]);
    document.getElementById(`${form}-${field}`)?.setAttribute('aria-invalid', String(field in errors));
  }
  const first = Object.keys(errors).map((field) => document.getElementById(`${form}-${field}`)).find((found) => found?.matches('input, select'));
  first?.focus();
}

/**
 * What a failed call means for the form.
 * @param {string} form
 * @param {unknown} failure
 */
export function explainInForm(form, failure) {
  if (!(failure instanceof Refused)) {
    return showFormErrors(form, { form: t('error.unanswered') });
  }
  /** @type {Record<string, string>} */
  const errors = {};
  for (const { field, message } of failure.errors) {
    const known = document.getElementById(`${form}-${field}-error`);
    errors[known ? field : 'form'] = known ? message : `${field}: ${message}`;
  }
  showFormErrors(form, failure.errors.length ? errors : { form: hasText(`error.${failure.code}`) ? t(`error.${failure.code}`) : failure.message });
}
