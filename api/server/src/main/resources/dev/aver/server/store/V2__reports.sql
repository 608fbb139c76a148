-- A receipt's security report, one line a line, and the code of a failure that has one.
ALTER TABLE jobs ADD COLUMN security TEXT;
ALTER TABLE jobs ADD COLUMN failure_code TEXT;

-- What one account did, out of everything.
CREATE INDEX audit_of_account ON audit (account, seq);

PRAGMA user_version = 2;
