-- +goose Up
-- A learner's own weights of the memory model, and the event that adopted them;
-- an event names the adoption in force, a card the curve it is forgotten by.
ALTER TABLE learner ADD COLUMN weights TEXT NOT NULL DEFAULT '';
ALTER TABLE learner ADD COLUMN adopted BIGINT NOT NULL DEFAULT 0;
ALTER TABLE event ADD COLUMN weights BIGINT NOT NULL DEFAULT 0;
ALTER TABLE card ADD COLUMN decay DOUBLE PRECISION NOT NULL DEFAULT 0;

-- How the newest fit of a learner went.
CREATE TABLE fit (
    learner BIGINT NOT NULL PRIMARY KEY REFERENCES learner ON DELETE CASCADE,
    at BIGINT NOT NULL,
    reviews BIGINT NOT NULL,
    tested BIGINT NOT NULL,
    before DOUBLE PRECISION NOT NULL,
    after DOUBLE PRECISION NOT NULL,
    was TEXT NOT NULL,
    adopted BIGINT NOT NULL
);

-- The language of a version's answers, where it is not that of the prompt.
ALTER TABLE version ADD COLUMN back TEXT NOT NULL DEFAULT '';
