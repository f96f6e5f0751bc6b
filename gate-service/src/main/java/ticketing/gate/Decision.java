package ticketing.gate;

/**
 * What a human pressed.
 */
enum Decision {

	ALLOW, DENY

}
