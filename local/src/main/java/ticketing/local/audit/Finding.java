package ticketing.local.audit;

/**
 * Something that should not be.
 *
 * @param kind stable name for programs, such as {@code admitted-twice}
 * @param subject what it is about: the id of a ticket, an event or a scan, or a topic
 * @param detail what was found; nothing personal in it
 */
public record Finding(String kind, String subject, String detail) {

	/** Whether it is the same thing, though the figures in it may have moved on. */
	boolean isSame(Finding other) {
		return this.kind.equals(other.kind) && this.subject.equals(other.subject);
	}

	@Override
	public String toString() {
		return this.kind + " " + this.subject + ": " + this.detail;
	}

}
