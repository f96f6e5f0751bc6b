/** The icons, as strokes in a 24 by 24 box. They always stand beside a word, so screen readers skip them. */
const SVG = 'http://www.w3.org/2000/svg';

const STROKES = {
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.5 20.5c.8-3.8 3.8-6 7.5-6s6.7 2.2 7.5 6',
  tick: 'M4 12.5l5.5 5.5L20.5 6.5',
  again: 'M4 12a8 8 0 0 1 14-5.3L20 9M20 4v5h-5M20 12a8 8 0 0 1-14 5.3L4 15M4 20v-5h5',
  hand: 'M12 2.5 19 5v6c0 4.5-2.8 8-7 10.5C7.8 19 5 15.5 5 11V5l7-2.5ZM8.5 12h7',
  cross: 'M6 6l12 12M18 6L6 18',
  calendar: 'M4 6h16v14H4zM4 10h16M8 3v4M16 3v4M9.5 13l5 4.5M14.5 13l-5 4.5',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 7v5.2l3.5 2',
  layers: 'M12 3l9 5-9 5-9-5 9-5ZM3 13l9 5 9-5',
  warning: 'M12 3.5 22 20.5H2L12 3.5ZM12 10v5M12 17.8v.2',
  question: 'M8.5 9a3.5 3.5 0 1 1 5 3.2c-1 .5-1.5 1.2-1.5 2.3M12 18.3v.2',
  key: 'M8 15.5a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM12 11.5h9v4M17 11.5v3',
  code: 'M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2v2M20 14v2M14 20h2M19 19h1v1',
  lock: 'M5 11h14v9H5zM8 11V8a4 4 0 0 1 8 0v3',
  undo: 'M4 9h10a5.5 5.5 0 0 1 0 11H9M8 4.5 3.5 9 8 13.5',
  search: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13ZM15.5 15.5 21 21',
  camera: 'M3 8h4l1.5-3h7L17 8h4v12H3zM12 17a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7Z',
  light: 'M8 3h8v3l-2 4v11h-4V10L8 6zM8 6h8M12 13v2',
  gear: 'M4 7h9M17 7h3M4 17h3M11 17h9M15 9.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5ZM9 19.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Z',
};

/** @param {string} name @returns {SVGSVGElement} */
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  svg.classList.add('icon');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', STROKES[/** @type {keyof STROKES} */ (name)] ?? STROKES.warning);
  svg.append(path);
  return svg;
}

/** Puts icons where the page asks for them by `data-icon`. */
export function drawIcons() {
  for (const place of document.querySelectorAll('[data-icon]')) {
    place.prepend(icon(/** @type {HTMLElement} */ (place).dataset.icon ?? ''));
  }
}
