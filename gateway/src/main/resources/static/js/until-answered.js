/** Asks again and again until somebody answers: a scan or a decision must not get lost between a phone and a server. */
import { Refused, Unanswered } from './api.js';

const PAUSES = [300, 1_000, 2_000, 3_000];

/** Staff stopped waiting. */
export class GivenUp extends Error {}

/**
 * @template T
 * @param {() => Promise<T>} ask harmless to repeat
 * @param {{signal: AbortSignal, onFailure: (tries: number) => void}} options `signal` gives up
 * @returns {Promise<T>}
 */
export async function untilAnswered(ask, { signal, onFailure }) {
  for (let tries = 1; ; tries++) {
    try {
      const answer = await ask();
      if (signal.aborted) {
        throw new GivenUp();
      }
      return answer;
    } catch (failure) {
      if (signal.aborted) {
        throw new GivenUp();
      }
      const busy = failure instanceof Refused && failure.status === 429;
      if (!busy && !(failure instanceof Unanswered)) {
        throw failure;
      }
      onFailure(tries);
      const least = busy ? failure.retryAfter * 1000 : 0;
      await pauseOrChange(Math.max(least, PAUSES[Math.min(tries, PAUSES.length) - 1]), signal);
      if (signal.aborted) {
        throw new GivenUp();
      }
    }
  }
}

/** Ends early when the network comes back or staff give up. @param {number} milliseconds @param {AbortSignal} signal @returns {Promise<void>} */
function pauseOrChange(milliseconds, signal) {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      removeEventListener('online', done);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    addEventListener('online', done);
    signal.addEventListener('abort', done);
  });
}
