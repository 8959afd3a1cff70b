-- +goose Up
-- When everything of a learner who is leaving goes; 0: the learner stays.
ALTER TABLE learner ADD COLUMN goes INTEGER NOT NULL DEFAULT 0;
CREATE INDEX learner_goes ON learner (goes) WHERE goes <> 0;

-- The keyed hash of a calendar link, NULL where there is none, and its generation.
ALTER TABLE learner ADD COLUMN feed BLOB;
ALTER TABLE learner ADD COLUMN feed_n INTEGER NOT NULL DEFAULT 0;
CREATE UNIQUE INDEX learner_feed ON learner (feed) WHERE feed IS NOT NULL;

-- Random ids of the deleted: a backup that is put back must not bring them back.
CREATE TABLE gone (
    id INTEGER NOT NULL PRIMARY KEY,
    at INTEGER NOT NULL
) STRICT;

-- What is left of first answers of the deleted in a class: how many to a question, and how
-- many of them right.
CREATE TABLE remain (
    class INTEGER NOT NULL REFERENCES class ON DELETE CASCADE,
    question INTEGER NOT NULL REFERENCES question ON DELETE CASCADE,
    firsts INTEGER NOT NULL,
    right_n INTEGER NOT NULL,
    PRIMARY KEY (class, question)
) STRICT, WITHOUT ROWID;
CREATE INDEX remain_question ON remain (question);

-- A bank that was its deleted author's alone: what was written in it is taken out, and
-- only then are its wordings changed.
ALTER TABLE bank ADD COLUMN emptied INTEGER NOT NULL DEFAULT 0;
DROP TRIGGER version_kept;
-- +goose StatementBegin
CREATE TRIGGER version_kept BEFORE UPDATE ON version
WHEN NOT EXISTS (SELECT 1 FROM question q JOIN bank b ON b.id = q.bank WHERE q.id = OLD.question AND b.emptied <> 0)
BEGIN
    SELECT RAISE(ABORT, 'versions are never changed');
END;
-- +goose StatementEnd
