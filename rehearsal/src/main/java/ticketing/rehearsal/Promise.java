package ticketing.rehearsal;

import java.util.Collection;

/**
 * Something the system must never do, and how often it did.
 *
 * @param name what, in a word or two
 * @param broken how often
 * @param meaning what was compared
 * @param examples some of what was found
 */
record Promise(String name, int broken, String meaning, String examples) {

	static Promise of(String name, Collection<String> found, String meaning) {
		return new Promise(name, found.size(), meaning,
				String.join(", ", found.stream().limit(3).toList()) + ((found.size() > 3) ? " …" : ""));
	}

	static Promise of(String name, int broken, String meaning) {
		return new Promise(name, Math.max(0, broken), meaning, "");
	}

	boolean isKept() {
		return this.broken == 0;
	}

}
