/** Building and finding elements. Data enters a page as text only; nothing here or elsewhere parses HTML. */

/**
 * The element with this id. A missing one is a mistake in the page, so it throws.
 * @param {string} id
 * @returns {any}
 */
export function byId(id) {
  const found = document.getElementById(id);
  if (!found) {
    throw new Error(`no element #${id}`);
  }
  return found;
}

/**
 * A new element: `el('button', { type: 'button', onclick: save }, 'Save')`.
 * @param {string} name
 * @param {Record<string, any>} [properties] `on…` are listeners, `data` and `aria…`/`role` attributes, others properties
 * @param {...(Node | string | null | undefined | false)} children strings become text
 * @returns {any}
 */
export function el(name, properties = {}, ...children) {
  const element = /** @type {any} */ (document.createElement(name));
  for (const [key, value] of Object.entries(properties)) {
    if (value == null || value === false) {
      continue;
    }
    if (key === 'data') {
      Object.assign(element.dataset, value);
    } else if (key in element && key !== 'role') {
      element[key] = value;
    } else {
      element.setAttribute(key, value === true ? '' : value);
    }
  }
  element.append(.../** @type {(Node | string)[]} */ (children.filter(isThere)));
  return element;
}

/** @param {unknown} child */
const isThere = (child) => child != null && child !== false && child !== '';

/** Text of unknown direction, such as a name: it must not reorder what stands around it. @param {string | null | undefined} text */
export const bdi = (text) => el('bdi', {}, text ?? '');

/** @param {Element} parent @param {...(Node | string | null | undefined | false)} children */
export function fill(parent, ...children) {
  parent.replaceChildren(.../** @type {(Node | string)[]} */ (children.filter(isThere)));
}

/** @param {HTMLElement} element @param {unknown} visible */
export function show(element, visible) {
  element.hidden = !visible;
}

/** A random UUID, also where `crypto.randomUUID` is withheld because the page is not on https. */
export function uuid() {
  if (crypto.randomUUID) {
    return crypto.randomUUID();
  }
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** @param {number} milliseconds @returns {Promise<void>} */
export const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
