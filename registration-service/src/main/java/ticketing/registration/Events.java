package ticketing.registration;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.NativeQuery;
import org.springframework.data.jpa.repository.Query;

/**
 * The events on offer.
 */
interface Events extends JpaRepository<Event, UUID> {

	@Query("select e from Event e order by e.offer.startsAt, e.id")
	List<Event> onOffer();

	@Query("select e.id from Event e")
	List<UUID> ids();

	@Query("""
			select e.id from Event e where e.offer.endsAt < :now
			and exists (select 1 from Ticket t where t.event = e and t.erasedAt is null)""")
	List<UUID> overAndNotErased(Instant now);

	/**
	 * Takes the locks of events, in the order of their ids as everybody does.
	 * @param ids their ids
	 * @return those that exist
	 */
	// in plain SQL because Hibernate's own says "for update of", which MariaDB refuses
	@NativeQuery("select * from event where id in (:ids) order by id for update")
	List<Event> lock(Collection<UUID> ids);

}
