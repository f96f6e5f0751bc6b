package ticketing.gate.staff;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import ticketing.web.RemoteStaffDirectory.Directory;

/**
 * What the other services ask every two seconds to judge staff tokens by.
 */
@RestController
class StaffDirectoryController {

	private final StaffKeys keys;

	private final Sessions sessions;

	StaffDirectoryController(StaffKeys keys, Sessions sessions) {
		this.keys = keys;
		this.sessions = sessions;
	}

	@GetMapping("/staff-directory")
	Directory directory() {
		return new Directory(this.keys.all()
			.entrySet()
			.stream()
			.map((key) -> StaffTokenSigner.jwk(key.getKey(), key.getValue()))
			.toList(), this.sessions.ended());
	}

}
