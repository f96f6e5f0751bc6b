package ticketing.web;

/**
 * What a staff account may do. Each role includes the ones before it.
 */
public enum Role {

	/** Scans and decides. */
	STEWARD,
	/** Also lets denied people in, undoes, sees everybody, exports. */
	SUPERVISOR,
	/** Also runs events, cancels tickets and manages accounts. */
	ADMIN;

	/**
	 * Whether this role includes another.
	 * @param other the role asked for
	 * @return whether it is this one or one below
	 */
	public boolean includes(Role other) {
		return compareTo(other) >= 0;
	}

}
