package ticketing.embedded;

/**
 * No embedded database can be had on this machine; an external one is needed.
 */
public final class UnsupportedPlatformException extends RuntimeException {

	UnsupportedPlatformException(String message) {
		super(message);
	}

}
