package ticketing.gate.staff;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import ticketing.web.Staff.Post;

/**
 * A phone of the door.
 *
 * @param id its id
 * @param name its name and that of its account
 * @param post where it belongs
 * @param codeExpiresAt until when its code pairs
 * @param pairedAt when its code was used, {@code null} before
 * @param createdBy who made the pairing
 */
record Device(UUID id, String name, Post post, Instant codeExpiresAt, @Nullable Instant pairedAt, String createdBy) {
}
