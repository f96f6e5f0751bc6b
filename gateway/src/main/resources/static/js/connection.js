/**
 * How the line to the server is: `good`, `slow` or `gone`, judged by the calls really made. At a door this has to be
 * seen at a glance, because a silent page looks like a refused guest.
 */

/** An answer that takes longer than this is slow, in milliseconds. */
const SLOW = 1_500;

class Connection extends EventTarget {
  /** @type {'good' | 'slow' | 'gone'} */
  state = navigator.onLine ? 'good' : 'gone';

  constructor() {
    super();
    addEventListener('offline', () => this.#become('gone'));
  }

  /**
   * A call is on its way.
   * @returns {(arrived: boolean) => void} to be told how it ended
   */
  asking() {
    const since = performance.now();
    const timer = setTimeout(() => this.state === 'good' && this.#become('slow'), SLOW);
    return (arrived) => {
      clearTimeout(timer);
      this.#become(!arrived ? 'gone' : performance.now() - since > SLOW ? 'slow' : 'good');
    };
  }

  /** @param {'good' | 'slow' | 'gone'} state */
  #become(state) {
    if (state !== this.state) {
      this.state = state;
      this.dispatchEvent(new Event('change'));
    }
  }
}

export const connection = new Connection();
