/**
 * A ticket's code opened by a plain camera app arrives in the address (`/t#<token>`, or `/?token=<token>`). It is taken
 * out of the address bar before anything else happens and handed to the gate page in this tab. Imports nothing, so
 * that nothing delays it.
 */
const HANDED_OVER = 'handed-over';

const asked = new URLSearchParams(location.search).get('token');
const token = asked ?? (location.pathname === '/t' ? location.hash.slice(1) : '');
if (token) {
  sessionStorage.setItem(HANDED_OVER, token);
}
if (asked !== null) {
  history.replaceState(null, '', '/');
  location.replace('/gate');
} else if (location.pathname === '/t') {
  history.replaceState(null, '', '/gate');
}

const PAIRING = '#pair=';
let pairing = location.pathname === '/gate' && location.hash.startsWith(PAIRING) ? location.hash.slice(PAIRING.length) : null;
if (pairing !== null) {
  history.replaceState(null, '', location.pathname);
}

/** The code of the link that pairs this phone, once. @returns {string | null} */
export function takePairing() {
  const code = pairing;
  pairing = null;
  return code;
}

/** The code this page was opened with, once. @returns {string | null} */
export function takeHandedOver() {
  const token = sessionStorage.getItem(HANDED_OVER);
  sessionStorage.removeItem(HANDED_OVER);
  return token;
}
