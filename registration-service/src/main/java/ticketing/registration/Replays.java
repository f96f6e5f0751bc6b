package ticketing.registration;

import java.util.Collection;
import java.util.List;
import java.util.UUID;

import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;

/**
 * The requests that would be answered the same again.
 */
interface Replays extends JpaRepository<Replay, String> {

	@Query("select r from Replay r join fetch r.ticket where r.keyHash in :keyHashes")
	List<Replay> known(Collection<String> keyHashes);

	/**
	 * Forgets what was asked for when tickets were given, but not that they were: the
	 * same request must not register the person anew.
	 * @param ticketIds the tickets
	 */
	@Modifying
	@Query("update Replay r set r.contentHash = '' where r.ticket.id in :ticketIds")
	void forgetContent(Collection<UUID> ticketIds);

}
