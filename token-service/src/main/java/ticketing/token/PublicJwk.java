package ticketing.token;

/**
 * A public key as the world sees it (RFC 7517, RFC 7518 section 6.2).
 *
 * @param kty always {@code EC}
 * @param crv always {@code P-256}
 * @param x coordinate, base64url
 * @param y coordinate, base64url
 * @param kid id that tokens name it by
 * @param alg always {@code ES256}
 * @param use always {@code sig}
 */
record PublicJwk(String kty, String crv, String x, String y, String kid, String alg, String use) {
}
