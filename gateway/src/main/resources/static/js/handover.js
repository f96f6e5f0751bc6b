/**
 * What arrives in the address: a ticket's code opened by a plain camera app (`/t#<token>`, or `/?token=<token>`), the
 * code of a pairing link, the answer of an OpenID provider. It is taken out of the address bar before anything else
 * happens and kept for the gate page in this tab. Imports nothing, so that nothing delays it.
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

const parameters = new URLSearchParams(location.search);
let answer = location.pathname === '/gate' && parameters.has('state')
  ? { state: parameters.get('state') ?? '', code: parameters.get('code') ?? '' } : null;
if (answer) {
  history.replaceState(null, '', location.pathname);
}

/** What the OpenID provider sent the browser back with, once. @returns {{state: string, code: string} | null} */
export function takeProvidersAnswer() {
  const taken = answer;
  answer = null;
  return taken;
}

/** The code this page was opened with. @returns {string | null} */
export const handedOver = () => sessionStorage.getItem(HANDED_OVER);

/** The code this page was opened with, once. @returns {string | null} */
export function takeHandedOver() {
  const token = handedOver();
  sessionStorage.removeItem(HANDED_OVER);
  return token;
}
