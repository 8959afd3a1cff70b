-- +goose Up
-- A learner's own weights of the memory model, and the event that adopted them;
-- an event names the adoption in force, a card the curve it is forgotten by.
ALTER TABLE learner ADD COLUMN weights TEXT NOT NULL DEFAULT '';
ALTER TABLE learner ADD COLUMN adopted INTEGER NOT NULL DEFAULT 0;
ALTER TABLE event ADD COLUMN weights INTEGER NOT NULL DEFAULT 0;
ALTER TABLE card ADD COLUMN decay REAL NOT NULL DEFAULT 0;

-- How the newest fit of a learner went.
CREATE TABLE fit (
    learner INTEGER NOT NULL PRIMARY KEY REFERENCES learner ON DELETE CASCADE,
    at INTEGER NOT NULL,
    reviews INTEGER NOT NULL,
    tested INTEGER NOT NULL,
    before REAL NOT NULL,
    after REAL NOT NULL,
    was TEXT NOT NULL,
    adopted INTEGER NOT NULL
) STRICT;

-- The language of a version's answers, where it is not that of the prompt.
ALTER TABLE version ADD COLUMN back TEXT NOT NULL DEFAULT '';
