package ticketing.local.audit;

import java.util.List;

/**
 * Something that happens to the system, and what has to hold while it does.
 */
interface Fault {

	/** Lets it happen, and undoes what would not heal by itself. */
	void happen(SabotagedSystem system, Doors probe) throws Exception;

	/** Who has to be back before all is well. */
	List<String> struck();

	/** Why it cannot be had on this machine, empty if it can. */
	default String obstacle(SabotagedSystem system) {
		return "";
	}

}
