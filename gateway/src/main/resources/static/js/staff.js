/**
 * Staff and their session, for the gate and admin pages: the sign-in form (`#sign-in`), who is signed in, signing out.
 * The session itself is an HttpOnly cookie; the page knows only name and role.
 */
import { Refused, Unanswered, session } from './api.js';
import { byId, fill, show } from './dom.js';
import { comeBack, offerElsewhere } from './elsewhere.js';
import { inEveryLanguage, t } from './i18n.js';

const ROLES = ['STEWARD', 'SUPERVISOR', 'ADMIN'];

/** @type {import('./api.js').Session | null} */
let signedIn = null;
/** @type {Promise<void> | null} one form for all calls that found themselves signed out */
let signingIn = null;
/** @type {(() => void)[]} */
const listeners = [];

/** Whether the person signed in has this role or a higher one. @param {'STEWARD' | 'SUPERVISOR' | 'ADMIN'} role */
export const may = (role) => signedIn !== null && ROLES.indexOf(signedIn.role) >= ROLES.indexOf(role);

export const isSignedIn = () => signedIn !== null;

/** Where this phone belongs, if it was paired. */
export const post = () => signedIn?.post ?? null;

/** @param {() => void} listener called when somebody signed in or out */
export const onStaffChange = (listener) => listeners.push(listener);

/** @type {() => Promise<boolean>} */
let mayLeave = async () => true;

/** @param {() => Promise<boolean>} question asked before signing out; no keeps the session */
export const beforeSignOut = (question) => {
  mayLeave = question;
};

/**
 * Makes a call that needs staff. If the session has ended, the sign-in form comes up and the call is made again
 * afterwards, so that nothing scanned or typed is lost.
 * @template T
 * @param {() => Promise<T>} call
 * @returns {Promise<T>}
 */
export async function asStaff(call) {
  for (;;) {
    try {
      return await call();
    } catch (failure) {
      if (!(failure instanceof Refused) || failure.status !== 401) {
        throw failure;
      }
      await signIn();
    }
  }
}

/** Finds out who is signed in, asking for it if nobody is. */
export async function startStaff() {
  byId('sign-out').addEventListener('click', signOut);
  inEveryLanguage(showWho);
  const refused = await comeBack().then(() => '', reasonElsewhere);
  for (;;) {
    try {
      become(await session.current());
      return;
    } catch (failure) {
      if (failure instanceof Refused) {
        return signIn(refused);
      }
      show(byId('sign-in'), true);
      say(t('error.unanswered'));
      await new Promise((done) => setTimeout(done, 2_000));
    }
  }
}

function signIn(why = '') {
  signingIn ??= new Promise((done) => {
    become(null);
    say(why);
    offerElsewhere(byId('sign-in-elsewhere'), (failure) => say(reasonElsewhere(failure)));
    const form = byId('sign-in-form');
    form.username.focus();
    form.onsubmit = async (/** @type {SubmitEvent} */ submitted) => {
      submitted.preventDefault();
      byId('sign-in-button').disabled = true;
      say('');
      try {
        become(await session.start(form.username.value.trim(), form.password.value));
        form.password.value = '';
        signingIn = null;
        done();
      } catch (failure) {
        say(reason(failure));
        form.password.select();
      } finally {
        byId('sign-in-button').disabled = false;
      }
    };
  });
  return signingIn;
}

/** @param {unknown} failure */
function reason(failure) {
  if (failure instanceof Unanswered) {
    return t('error.unanswered');
  }
  if (failure instanceof Refused && failure.status === 429) {
    return t('sign-in.wait', { n: failure.retryAfter || 60 });
  }
  return failure instanceof Refused && failure.code !== 'BAD_CREDENTIALS' && failure.status !== 400 ? failure.message : t('sign-in.bad');
}

/** @param {unknown} failure */
function reasonElsewhere(failure) {
  if (failure instanceof Refused && failure.status !== 429) {
    return failure.code === 'NO_ROLE' ? t('sign-in.no-role') : t('sign-in.elsewhere.failed');
  }
  return reason(failure);
}

async function signOut() {
  if (!(await mayLeave())) {
    return;
  }
  try {
    await session.end();
  } catch (failure) {
    if (failure instanceof Unanswered) {
      alert(t('error.unanswered'));
      return;
    }
  }
  sessionStorage.clear();
  location.reload();
}

/** @param {import('./api.js').Session | null} who */
function become(who) {
  signedIn = who;
  show(byId('sign-in'), !who);
  show(byId('app'), who);
  show(byId('sign-out'), who);
  showWho();
  listeners.forEach((listener) => listener());
}

function showWho() {
  fill(byId('who'), signedIn ? `${signedIn.username} · ${t('role.' + signedIn.role)}` : '');
}

/** @param {string} text */
function say(text) {
  const error = byId('sign-in-error');
  error.textContent = text;
  show(error, text);
}
