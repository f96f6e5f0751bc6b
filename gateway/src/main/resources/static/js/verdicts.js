/**
 * How each outcome looks, sounds and feels at the door: an icon and a word (`verdict.<NAME>` in the texts) of its own,
 * a colour (`[data-verdict]` in the stylesheet), a tune and a vibration. No two share all, none shares the word.
 *
 * VALID is blue, not green: it admits nobody. Green is kept for "entered", so that green always means "let them in".
 */

/** @typedef {{icon: string, tune: [number, number][], buzz: number[]}} Look tune: hertz and milliseconds, 0 Hz is a rest */

const REST = 60;

/** @type {Record<string, Look>} */
const LOOKS = {
  VALID: { icon: 'person', tune: [[880, 110]], buzz: [60] },
  ENTERED: { icon: 'tick', tune: [[660, 90], [880, 90], [1320, 160]], buzz: [40, 40, 120] },
  ALREADY_ENTERED: { icon: 'again', tune: [[520, 110], [0, REST], [520, 110], [0, REST], [520, 110]], buzz: [90, 60, 90, 60, 90] },
  DENIED: { icon: 'hand', tune: [[392, 140], [294, 260]], buzz: [300] },
  CANCELLED: { icon: 'cross', tune: [[330, 120], [262, 120], [196, 260]], buzz: [200, 80, 200] },
  WRONG_EVENT: { icon: 'calendar', tune: [[494, 120], [0, REST], [330, 220]], buzz: [120, 80, 220] },
  EXPIRED: { icon: 'clock', tune: [[440, 120], [0, REST], [440, 220]], buzz: [80, 80, 200] },
  SUPERSEDED: { icon: 'layers', tune: [[440, 90], [554, 90], [370, 220]], buzz: [80, 60, 80, 60, 200] },
  TAMPERED: { icon: 'warning', tune: [[180, 160], [0, REST], [180, 160], [0, REST], [150, 300]], buzz: [250, 80, 250, 80, 250] },
  UNKNOWN_TICKET: { icon: 'question', tune: [[294, 120], [370, 220]], buzz: [150, 60, 60] },
  UNKNOWN_KEY: { icon: 'key', tune: [[220, 120], [262, 120], [220, 200]], buzz: [60, 60, 150] },
  MALFORMED: { icon: 'code', tune: [[220, 240]], buzz: [60, 40, 60] },
  NOT_ALLOWED: { icon: 'lock', tune: [[262, 160], [0, REST], [262, 260]], buzz: [400] },
  UNDONE: { icon: 'undo', tune: [[660, 90], [440, 160]], buzz: [40] },
  PROBLEM: { icon: 'warning', tune: [[160, 350]], buzz: [500] },
};

/** @param {string} verdict a verdict or the outcome of a decision; one this page does not know yet looks like a problem @returns {Look} */
export const look = (verdict) => LOOKS[verdict] ?? LOOKS.PROBLEM;
