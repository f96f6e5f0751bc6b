/**
 * Keys for the whole gate page. A hand scanner is a keyboard that types very fast and ends with Enter (or Tab); a
 * person presses one key at a time. The two are told apart by time, so that an "a" inside a scanned code never
 * allows anybody in.
 */

/** Mean time between the keys of a scan, in milliseconds; people stay above. */
const FAST = 60;
/** A longer silence ends what was typed; a shorter one may be a hiccup of a wireless scanner. */
const SILENCE = 500;
const SHORTEST_CODE = 10;
/** A single key counts when nothing has followed it for this long. */
const ALONE = 120;

/**
 * @param {{onCode: (text: string) => void, onKey: (key: string) => boolean}} listener `onKey` hears single keys pressed
 *   outside of input fields (upper case), Escape and Enter, and says whether it had a use for them
 */
export function listenToKeys({ onCode, onKey }) {
  let typed = '';
  let first = 0;
  let last = -Infinity;
  let alone = 0;
  /** @type {{field: HTMLInputElement, value: string} | null} what stood in the focused field before the scanner typed into it */
  let before = null;

  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.key === 'Shift') {
      return;
    }
    clearTimeout(alone);
    if (event.timeStamp - last > SILENCE) {
      typed = '';
    }
    last = event.timeStamp;

    if (event.key.length === 1) {
      if (!typed) {
        first = event.timeStamp;
        before = isField(event.target) ? { field: event.target, value: event.target.value } : null;
      }
      typed += event.key;
      if (typed.length === 1 && !before && !event.repeat) {
        alone = setTimeout(() => {
          if (onKey(event.key.toUpperCase())) {
            typed = '';
          }
        }, ALONE);
      }
      if (typed.length > 1 && !before && event.key === ' ') {
        event.preventDefault(); // a space must not press the focused button
      }
      return;
    }

    const isCode = typed.length >= SHORTEST_CODE && (last - first) / typed.length < FAST;
    const code = typed;
    typed = '';
    if (isCode && (event.key === 'Enter' || event.key === 'Tab')) {
      event.preventDefault();
      event.stopImmediatePropagation();
      if (before) {
        before.field.value = before.value;
      }
      onCode(code);
    } else if (event.key === 'Escape' || (event.key === 'Enter' && !isControl(event.target))) {
      onKey(event.key);
    }
  }, { capture: true });
}

/** @param {EventTarget | null} target @returns {target is HTMLInputElement} */
const isField = (target) => target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;

/** @param {EventTarget | null} target */
const isControl = (target) => target instanceof Element && target.closest('a, button, input, select, textarea, summary, dialog') !== null;
