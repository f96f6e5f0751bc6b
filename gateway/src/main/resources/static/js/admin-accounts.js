/** Staff accounts: create, change role or password, disable. */
import { admin } from './api.js';
import { ask, tell } from './ask.js';
import { bdi, byId, el, fill } from './dom.js';
import { explainInForm, showFormErrors } from './form-errors.js';
import { hasText, t } from './i18n.js';
import { asStaff, may } from './staff.js';

const ROLES = ['STEWARD', 'SUPERVISOR', 'ADMIN'];

/** @returns {import('./admin.js').Section} */
export function startAccounts() {
  const form = byId('account-form');
  const dialog = byId('account-dialog');
  /** @type {string | null} user name of the account being changed */
  let edited = null;

  byId('new-account').addEventListener('click', () => open(null));
  byId('account-back').addEventListener('click', () => dialog.close());
  form.addEventListener('submit', (/** @type {Event} */ submitted) => {
    submitted.preventDefault();
    return save();
  });

  async function enter() {
    if (!may('ADMIN')) {
      return;
    }
    try {
      const accounts = await asStaff(admin.accounts);
      fill(byId('accounts-list'), ...accounts.map(card));
    } catch (failure) {
      fill(byId('accounts-list'), el('li', { class: 'error' }, /** @type {Error} */ (failure).message));
    }
  }

  /** @param {{username: string, role: string, disabled: boolean}} account */
  function card(account) {
    const name = account.username;
    return el('li', { class: 'card row' },
      el('div', { class: 'grow' },
        el('strong', {}, bdi(name)),
        el('span', { class: 'soft' }, ` ${t('role.' + account.role)}`),
        account.disabled && el('span', { class: 'tag' }, t('accounts.disabled'))),
      el('p', { class: 'actions' },
        el('button', { type: 'button', 'aria-label': t('accounts.change.of', { name }), onclick: () => open(account) }, t('accounts.change')),
        el('button', {
          type: 'button', class: account.disabled ? '' : 'danger', onclick: () => setDisabled(name, !account.disabled),
          'aria-label': t(account.disabled ? 'accounts.enable.of' : 'accounts.disable.of', { name }),
        }, t(account.disabled ? 'accounts.enable' : 'accounts.disable'))));
  }

  /** @param {{username: string, role: string} | null} account */
  function open(account) {
    edited = account?.username ?? null;
    const fields = form.elements;
    byId('account-dialog-title').textContent = t(account ? 'accounts.change' : 'accounts.new');
    byId('account-password-hint').textContent = t(account ? 'accounts.password.keep' : 'accounts.password.hint');
    fields.username.value = edited ?? '';
    fields.username.readOnly = Boolean(account);
    fields.password.value = '';
    fields.role.replaceChildren(...ROLES.map((value) => el('option', { value }, t(`role.${value}.long`))));
    fields.role.value = account?.role ?? 'STEWARD';
    showFormErrors('account', {});
    dialog.showModal();
    (account ? fields.password : fields.username).focus();
  }

  async function save() {
    const { username, password, role } = form.elements;
    const errors = /** @type {Record<string, string>} */ ({});
    if (!username.value.trim()) {
      errors.username = t('error.required');
    }
    if (!edited && !password.value) {
      errors.password = t('error.required');
    }
    showFormErrors('account', errors);
    if (Object.keys(errors).length) {
      return;
    }
    try {
      await asStaff(() => (edited
        ? admin.changeAccount(edited, { role: role.value, ...(password.value && { password: password.value }) })
        : admin.createAccount({ username: username.value.trim(), password: password.value, role: role.value })));
      dialog.close();
      tell(t('accounts.saved', { name: username.value }));
      await enter();
    } catch (failure) {
      explainInForm('account', failure);
    }
  }

  /** @param {string} username @param {boolean} disabled */
  async function setDisabled(username, disabled) {
    if (disabled && (await ask({
      title: t('accounts.disable'), text: t('accounts.disable.text', { name: username }), confirm: t('accounts.disable'), danger: true,
    })) === null) {
      return;
    }
    try {
      await asStaff(() => admin.changeAccount(username, { disabled }));
      await enter();
    } catch (failure) {
      const { code, message } = /** @type {import('./api.js').Refused} */ (failure);
      tell(hasText(`error.${code}`) ? t(`error.${code}`) : message || t('error.unanswered'));
    }
  }

  return { enter };
}
