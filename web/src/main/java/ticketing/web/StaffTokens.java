package ticketing.web;

/**
 * Judges the bearer tokens of staff. gate-service looks into its own schema; the other
 * services and the gateway ask the gate every two seconds ({@link RemoteStaffDirectory}).
 */
public interface StaffTokens {

	/**
	 * Who a token belongs to.
	 * @param token compact JWT
	 * @return the account, or {@code null} if the token is not good (any more)
	 * @throws Problem {@link Problem#unavailable()} while that cannot be told
	 */
	@org.jspecify.annotations.Nullable
	Staff verify(String token);

}
