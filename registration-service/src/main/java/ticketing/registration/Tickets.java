package ticketing.registration;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.NativeQuery;
import org.springframework.data.jpa.repository.Query;

/**
 * The tickets.
 */
interface Tickets extends JpaRepository<Ticket, UUID> {

	@Query("select t.event.id from Ticket t where t.id = :id")
	Optional<UUID> eventOf(UUID id);

	@Query("select t from Ticket t join fetch t.event where t.id in :ids")
	List<Ticket> withEvent(Collection<UUID> ids);

	@Query("select t.id from Ticket t where t.event.id = :eventId and t.erasedAt is null order by t.id")
	List<UUID> notErased(UUID eventId, Limit most);

	@Query("select t.id from Ticket t where t.id > :after order by t.id")
	List<UUID> following(UUID after, Limit most);

	/**
	 * Takes the locks of tickets, in the order of their ids as everybody does. Whoever
	 * needs the lock of an event too takes that first.
	 * @param ids their ids
	 * @return those that exist
	 */
	// in plain SQL because Hibernate's own says "for update of", which MariaDB refuses
	@NativeQuery("select * from ticket where id in (:ids) order by id for update")
	List<Ticket> lock(Collection<UUID> ids);

}
