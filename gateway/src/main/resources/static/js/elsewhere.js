/**
 * Signing in at an OpenID provider, if there is one: the browser goes there and comes back to the door's address with a
 * code. This tab keeps meanwhile what must match it, and the page to go on with.
 */
import { session } from './api.js';
import { show } from './dom.js';
import { takeProvidersAnswer } from './handover.js';
import { inEveryLanguage, t } from './i18n.js';

const KEPT = 'gone-elsewhere';

const here = () => location.pathname + location.hash;

/** Ends the sign-in that the browser comes back from, if it does. Fails if the server refuses it. */
export async function comeBack() {
  const answer = takeProvidersAnswer();
  const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? 'null');
  sessionStorage.removeItem(KEPT);
  if (answer?.code && kept) {
    await session.comeBack({ attempt: kept.attempt, ...answer });
    if (kept.page !== here()) {
      location.replace(kept.page);
      await new Promise(() => {});
    }
  }
}

/**
 * Shows the button if there is a provider.
 * @param {HTMLButtonElement} button
 * @param {(failure: unknown) => void} onFailure called when going there fails
 */
export async function offerElsewhere(button, onFailure) {
  if (button.onclick) {
    return;
  }
  const { name } = await session.elsewhere().catch(() => ({ name: null }));
  if (name) {
    inEveryLanguage(() => {
      button.textContent = t('sign-in.elsewhere', { name });
    });
    button.onclick = () => depart(button).catch(onFailure);
    show(button, true);
  }
}

/** @param {HTMLButtonElement} button */
async function depart(button) {
  button.disabled = true;
  try {
    const { url, attempt } = await session.depart();
    sessionStorage.setItem(KEPT, JSON.stringify({ attempt, page: here() }));
    location.assign(url);
  } finally {
    button.disabled = false;
  }
}
