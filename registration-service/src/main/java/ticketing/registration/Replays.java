package ticketing.registration;

import java.util.Collection;
import java.util.List;

import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;

/**
 * The requests that would be answered the same again.
 */
interface Replays extends JpaRepository<Replay, String> {

	@Query("select r from Replay r join fetch r.ticket where r.keyHash in :keyHashes")
	List<Replay> known(Collection<String> keyHashes);

}
