-- Times are milliseconds since 1970. Ids are random unless said otherwise. Nothing here holds a key or an input.

CREATE TABLE programs (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,          -- SHA-256 of the file
  image_id TEXT NOT NULL,
  name TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  registered INTEGER NOT NULL,
  blob TEXT NOT NULL
) STRICT;

CREATE TABLE inputs (
  id TEXT PRIMARY KEY,
  account TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  secret INTEGER NOT NULL,
  uploaded INTEGER NOT NULL,
  blob TEXT NOT NULL,
  unwanted INTEGER NOT NULL DEFAULT 0, -- to be deleted once no unfinished job reads it
  deleted INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX inputs_of_account ON inputs (account) WHERE deleted = 0;

CREATE TABLE jobs (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  account TEXT NOT NULL,
  kind TEXT NOT NULL,
  program TEXT NOT NULL,
  input TEXT,
  suite TEXT NOT NULL,
  security_bits INTEGER NOT NULL,
  bind_input INTEGER NOT NULL,
  max_cycles INTEGER,
  priority INTEGER NOT NULL,
  deadline INTEGER,
  accept_not_hiding INTEGER NOT NULL,
  delete_when_done INTEGER NOT NULL,
  idempotency_key TEXT,
  label TEXT NOT NULL,
  secret INTEGER NOT NULL,
  digest BLOB NOT NULL,             -- of the submission, to tell a repetition from another one with its key
  state TEXT NOT NULL,
  version INTEGER NOT NULL,
  created INTEGER NOT NULL,
  started INTEGER,
  finished INTEGER,
  attempts INTEGER NOT NULL DEFAULT 0,
  busy INTEGER NOT NULL DEFAULT 0,  -- a worker has it; found at a start, the process died with it
  strikes INTEGER NOT NULL DEFAULT 0, -- how often it did, in a row
  stop_requested INTEGER NOT NULL DEFAULT 0,
  plan_cycles INTEGER,
  plan_segments INTEGER,
  plan_segment_cycles INTEGER,
  plan_bytes INTEGER,
  plan_seconds REAL,
  segments_done INTEGER NOT NULL DEFAULT 0,
  cycles_done INTEGER NOT NULL DEFAULT 0,
  khz REAL NOT NULL DEFAULT 0,
  image_id TEXT,
  exit_code INTEGER,
  journal BLOB,
  cycles INTEGER,
  segments INTEGER,
  receipt_bytes INTEGER,
  provable_bits INTEGER,
  peak_rss INTEGER,
  receipt_blob TEXT,
  profile_blob TEXT,
  failure_kind TEXT,
  failure_retryable INTEGER,
  failure_message TEXT
) STRICT;
CREATE UNIQUE INDEX jobs_by_idempotency_key ON jobs (account, idempotency_key) WHERE idempotency_key IS NOT NULL;
CREATE INDEX jobs_of_account ON jobs (account, seq);
CREATE INDEX jobs_unfinished ON jobs (state, account) WHERE state IN ('QUEUED', 'RUNNING');
CREATE INDEX jobs_of_input ON jobs (input) WHERE state IN ('QUEUED', 'RUNNING');
CREATE INDEX jobs_with_receipt ON jobs (account, receipt_bytes) WHERE receipt_blob IS NOT NULL;
CREATE INDEX jobs_by_end ON jobs (finished) WHERE finished IS NOT NULL;

CREATE TRIGGER jobs_go_forward_only BEFORE UPDATE OF state ON jobs
WHEN OLD.state NOT IN ('QUEUED', 'RUNNING') OR (OLD.state = 'RUNNING' AND NEW.state = 'QUEUED')
BEGIN SELECT RAISE(ABORT, 'a job goes forward only'); END;

CREATE TABLE usage (
  account TEXT NOT NULL,
  day INTEGER NOT NULL,             -- since 1970
  cycles INTEGER NOT NULL,
  PRIMARY KEY (account, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE keys (
  id TEXT PRIMARY KEY,
  account TEXT NOT NULL,
  name TEXT NOT NULL,
  hash BLOB NOT NULL,               -- SHA-256 of its 256 random bits
  scopes TEXT NOT NULL,
  created INTEGER NOT NULL,
  expires INTEGER,
  revoked INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE audit (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  account TEXT NOT NULL,
  key_id TEXT NOT NULL,
  action TEXT NOT NULL,
  subject TEXT NOT NULL
) STRICT;
CREATE TRIGGER audit_keeps BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END;
CREATE TRIGGER audit_stays BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END;
-- REPLACE deletes without asking the trigger above.
CREATE TRIGGER audit_replaces_nothing BEFORE INSERT ON audit WHEN EXISTS (SELECT 1 FROM audit WHERE seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END;

PRAGMA user_version = 1;
