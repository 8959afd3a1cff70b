-- +goose Up
-- Of a card: the study day on which it was answered wrong by a learner who was sure.
ALTER TABLE card ADD COLUMN surprise BIGINT NOT NULL DEFAULT 0;

-- How a learner wants a fact handled: derived from events, but for the note. "until" is
-- the first study day on which it may be asked for again.
CREATE TABLE care (
    learner BIGINT NOT NULL REFERENCES learner ON DELETE CASCADE,
    fact BIGINT NOT NULL REFERENCES fact,
    suspended BIGINT NOT NULL DEFAULT 0,
    until BIGINT NOT NULL DEFAULT 0,
    starred BIGINT NOT NULL DEFAULT 0,
    note TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (learner, fact)
);
