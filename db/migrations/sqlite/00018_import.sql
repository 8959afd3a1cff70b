-- +goose Up
-- A file of questions that somebody has brought in: what it holds, compressed (file), what
-- is wanted of it and, once it is added, what it has made. All of it goes after a day. The
-- bank is 0 while none is made; since is when it came into its state.
CREATE TABLE import (
    learner INTEGER NOT NULL REFERENCES learner ON DELETE CASCADE,
    n INTEGER NOT NULL,
    token TEXT NOT NULL,
    at INTEGER NOT NULL,
    state TEXT NOT NULL,
    since INTEGER NOT NULL,
    name TEXT NOT NULL,
    format TEXT NOT NULL,
    bank INTEGER NOT NULL,
    title TEXT NOT NULL,
    lang TEXT NOT NULL,
    wish TEXT NOT NULL,
    numbers TEXT NOT NULL,
    back TEXT NOT NULL DEFAULT '',
    made BLOB NOT NULL,
    file BLOB NOT NULL,
    PRIMARY KEY (learner, n)
) STRICT;
CREATE UNIQUE INDEX import_token ON import (learner, token);
CREATE INDEX import_since ON import (since);

-- Events go with their learner, or with an import that brought them and is being undone.
DROP TRIGGER event_stays;
-- +goose StatementBegin
CREATE TRIGGER event_stays BEFORE DELETE ON event
WHEN EXISTS (SELECT 1 FROM learner WHERE id = OLD.learner)
    AND NOT EXISTS (SELECT 1 FROM import i WHERE i.learner = OLD.learner AND i.state = 'undoing' AND OLD.token LIKE 'import ' || i.token || ' %')
BEGIN
    SELECT RAISE(ABORT, 'events go only with their learner');
END;
-- +goose StatementEnd
