alter table staff_account
	-- SHA-256 of issuer and subject, of those who sign in at an OpenID provider
	add column subject binary(32),
	add unique key staff_account_subject (subject);
